package dev.lockkeeper.specification;

import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import java.nio.file.Path;
import java.util.Map;

/**
 * A pipeline as it was read, and where its parts stand, so that a later check can name the line.
 *
 * @param specification the pipeline
 * @param file the file
 * @param lines the line by the name of a feature or the label, by {@code filter} for the row
 *     filter, by a key's path for all else
 */
public record ReadPipeline(
    PipelineSpecification specification, Path file, Map<String, Integer> lines) {

  public ReadPipeline {
    lines = Map.copyOf(lines);
  }

  /**
   * A problem with its place: {@code FILE:LINE: MESSAGE}.
   *
   * @param place as in {@link #lines}; one that is not there gives no line
   */
  public String problem(String place, String message) {
    Integer line = lines.get(place);
    return file + (line == null ? "" : ":" + line) + ": " + message;
  }
}
