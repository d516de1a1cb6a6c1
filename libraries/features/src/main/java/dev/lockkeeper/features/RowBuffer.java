package dev.lockkeeper.features;

import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.TimeForms;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of input values, filled anew for each row. Numbers, booleans (1 and 0) and timestamps
 * (seconds since 1970 UTC) are doubles, and NaN where missing; strings are empty where missing. Not
 * safe for two threads.
 */
public final class RowBuffer {

  static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

  private final List<InputColumn> columns;
  private final double[] numbers;
  private final String[] texts;

  RowBuffer(List<InputColumn> columns) {
    this.columns = columns;
    this.numbers = new double[columns.size()];
    this.texts = new String[columns.size()];
    clear();
  }

  /** Makes every value missing. */
  public void clear() {
    Arrays.fill(numbers, Double.NaN);
    Arrays.fill(texts, "");
  }

  /** The number at a column's index; NaN where missing. */
  public double number(int index) {
    return numbers[index];
  }

  /** The text at a column's index; empty where missing. */
  public String text(int index) {
    return texts[index];
  }

  /** Whether there is no value at a column's index. */
  public boolean isMissing(int index) {
    return columns.get(index).type() == ColumnType.STRING
        ? texts[index].isEmpty()
        : Double.isNaN(numbers[index]);
  }

  /** Sets a number, a boolean (1 or 0) or a timestamp (seconds); NaN for missing. */
  public void setNumber(int index, double value) {
    numbers[index] = value;
  }

  /** Sets a string; empty for missing. */
  public void setText(int index, String value) {
    texts[index] = value;
  }

  /**
   * Sets a value as it is written in a source file; null or empty is missing.
   *
   * @throws IllegalArgumentException if the text is not a value of the column's type; the message
   *     names the column
   */
  public void set(int index, @Nullable String value) {
    InputColumn column = columns.get(index);
    if (column.type() == ColumnType.STRING) {
      texts[index] = value == null ? "" : value;
    } else {
      numbers[index] = value == null || value.isEmpty() ? Double.NaN : parse(column, value);
    }
  }

  /**
   * Sets a value that came as a number.
   *
   * @throws IllegalArgumentException if it is not a value of the column's type; the message names
   *     the column
   */
  public void set(int index, double value) {
    InputColumn column = columns.get(index);
    boolean fits =
        switch (column.type()) {
          case NUMBER -> Double.isFinite(value);
          case TIMESTAMP -> Math.abs(value) < TimeForms.SECONDS_BELOW;
          case INTEGER -> value == Math.rint(value) && Double.isFinite(value);
          case BOOLEAN -> value == 0 || value == 1;
          case STRING -> false;
        };
    if (!fits) {
      throw wrong(column, String.valueOf(value));
    }
    numbers[index] =
        switch (column.type()) {
          case TIMESTAMP -> Timestamps.whole(value);
          // A table has no integer of minus zero.
          case INTEGER, BOOLEAN -> value + 0.0;
          case NUMBER, STRING -> value;
        };
  }

  private static double parse(InputColumn column, String value) {
    try {
      return switch (column.type()) {
        case INTEGER -> integer(value);
        case NUMBER -> number(value);
        case BOOLEAN -> bool(value);
        case TIMESTAMP -> Timestamps.parse(value);
        case STRING -> throw new IllegalStateException("a string is not a number");
      };
    } catch (IllegalArgumentException e) {
      throw wrong(column, "'" + value + "'");
    }
  }

  private static IllegalArgumentException wrong(InputColumn column, String value) {
    return new IllegalArgumentException(
        "column '"
            + column.name()
            + "': "
            + value
            + " is not "
            + column.typeName()
            + (column.type() == ColumnType.TIMESTAMP
                ? ": expected a time in UTC such as 2019-02-07 15:48:06"
                : ""));
  }

  private static double number(String value) {
    if (!NUMBER.matcher(value).matches()) {
      throw new IllegalArgumentException("no number");
    }
    double number = Double.parseDouble(value);
    if (Double.isInfinite(number)) {
      throw new IllegalArgumentException("beyond the largest number");
    }
    return number;
  }

  private static double integer(String value) {
    if (!INTEGER.matcher(value).matches()) {
      throw new IllegalArgumentException("no integer");
    }
    return Long.parseLong(value);
  }

  private static double bool(String value) {
    if (value.equalsIgnoreCase("true") || value.equals("1")) {
      return 1;
    }
    if (value.equalsIgnoreCase("false") || value.equals("0")) {
      return 0;
    }
    throw new IllegalArgumentException("neither true nor false");
  }
}
