package dev.lockkeeper.starter.pipeline;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the expressions of a pipeline file stand.
 *
 * @param byName the line by the name of the feature or label; the row filter is {@code filter}
 */
public record ExpressionLines(Map<String, Integer> byName) {

  /** Reads the lines of a pipeline file that {@link PipelineFile} accepts. */
  public static ExpressionLines of(Path yaml) {
    Section features = new Problems(yaml).read().section("features");
    Map<String, Integer> lines = new HashMap<>();
    for (Section feature : features.sections("columns")) {
      lines.put(feature.text("name"), feature.lineOf("expression"));
    }
    Section label = features.section("label");
    lines.put(label.text("name"), label.lineOf("expression"));
    lines.putIfAbsent("filter", features.lineOf("filter"));
    return new ExpressionLines(lines);
  }
}
