package dev.lockkeeper.specification;

import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A pipeline as it was read, and where its parts stand, so that a later check can name the line.
 *
 * @param specification the pipeline
 * @param file the file
 * @param places the place by the name of a feature or the label, by {@code filter} for the row
 *     filter, by {@code contract.columns.NAME} or {@code contract.rules.NAME} for what stands in
 *     the data contract's file, by a key's path for all else
 */
public record ReadPipeline(
    PipelineSpecification specification, Path file, Map<String, Place> places) {

  public ReadPipeline {
    places = Map.copyOf(places);
  }

  /** How the compiler of expressions names a column of the expression's own. */
  private static final Pattern COLUMN = Pattern.compile("\\bline 1, column (\\d{1,6}): ");

  /**
   * A problem with its place: {@code FILE:LINE: MESSAGE}. A column of an expression becomes the
   * file's.
   *
   * @param place as in {@link #places}; one that is not there gives no line
   */
  public String problem(String place, String message) {
    Place found = places.get(place);
    return (found == null ? file : found)
        + ": "
        + (found == null || found.column() == 0 ? message : inFile(message, found.column()));
  }

  private static String inFile(String message, int start) {
    return COLUMN
        .matcher(message)
        .replaceAll(own -> "column " + (start + Integer.parseInt(own.group(1)) - 1) + ": ");
  }
}
