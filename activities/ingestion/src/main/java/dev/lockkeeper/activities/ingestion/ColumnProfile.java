package dev.lockkeeper.activities.ingestion;

import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.List;

/**
 * What one column of a file contains.
 *
 * @param name its name in the file
 * @param type the narrowest type that all of its values have
 * @param missing rows without a value
 * @param distinct how many different values
 * @param values the values in order, if they are at most {@link #MOST_VALUES}; else empty
 * @param rarest the value that the fewest rows have, if {@code values} is not empty; else empty
 */
public record ColumnProfile(
    String name, ColumnType type, long missing, long distinct, List<String> values, String rarest) {

  /** A column with more values than this is not a category. */
  public static final int MOST_VALUES = 20;

  public ColumnProfile {
    values = List.copyOf(values);
  }
}
