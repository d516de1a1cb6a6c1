package dev.lockkeeper.specification;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where things stand in a pipeline file.
 *
 * @param byPlace the line by the name of a feature or the label, by {@code filter} for the row
 *     filter, by a key's path for all else
 */
public record PipelineLines(Map<String, Integer> byPlace) {

  /** Reads the lines of a pipeline file that {@link PipelineFile} accepts. */
  public static PipelineLines of(Path yaml) {
    Section top = new Problems(yaml).read();
    Section training = top.section("training");
    Map<String, Integer> lines = new HashMap<>();
    lines.put("contract", top.lineOf("contract"));
    lines.put("features.columns", top.section("features").lineOf("columns"));
    lines.put("training.trainer", training.lineOf("trainer"));
    lines.put("training.parameters", training.lineOf("parameters"));
    lines.put("validation.behaviour", top.section("validation").lineOf("behaviour"));
    Section features = top.section("features");
    for (Section feature : features.sections("columns")) {
      lines.put(feature.text("name"), feature.lineOf("expression"));
    }
    Section label = features.section("label");
    lines.put(label.text("name"), label.lineOf("expression"));
    lines.putIfAbsent("filter", features.lineOf("filter"));
    return new PipelineLines(lines);
  }
}
