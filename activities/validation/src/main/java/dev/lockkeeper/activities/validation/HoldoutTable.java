package dev.lockkeeper.activities.validation;

import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hold-out's columns in memory, as the feature programs read them.
 *
 * @param names every column of the hold-out
 * @param units which rows are drawn as one
 * @param heldOutByStable rows that the stable version was not trained on either, as far as is known
 * @param labels the label of each row
 * @param numbers number, boolean and time columns by name; NaN where missing
 * @param texts text columns by name; empty where missing
 */
record HoldoutTable(
    Set<String> names,
    RowUnits units,
    boolean[] heldOutByStable,
    boolean[] labels,
    Map<String, double[]> numbers,
    Map<String, String[]> texts) {

  int rows() {
    return labels.length;
  }

  /** Fills a row buffer with the columns that the features read. */
  void fill(List<InputColumn> inputs, int row, RowBuffer buffer) {
    for (int i = 0; i < inputs.size(); i++) {
      InputColumn input = inputs.get(i);
      if (input.type() == ColumnType.STRING) {
        buffer.setText(i, column(texts, input)[row]);
      } else {
        buffer.setNumber(i, column(numbers, input)[row]);
      }
    }
  }

  /** The features of every row, by row and in model order. */
  float[][] features(FeatureProgram program) {
    float[][] features = new float[rows()][program.featureNames().size()];
    RowBuffer buffer = program.newRow();
    for (int row = 0; row < rows(); row++) {
      fill(program.inputColumns(), row, buffer);
      program.compute(buffer, features[row]);
    }
    return features;
  }

  /**
   * The features of every row, none of them infinite.
   *
   * @throws SpecificationException naming the feature and the row: the gateway would not answer it
   */
  float[][] finiteFeatures(FeatureProgram program) {
    float[][] features = features(program);
    for (int row = 0; row < features.length; row++) {
      for (int i = 0; i < features[row].length; i++) {
        if (Float.isInfinite(features[row][i])) {
          throw new SpecificationException(
              "feature '"
                  + program.featureNames().get(i)
                  + "' of hold-out row "
                  + (row + 1)
                  + " is infinite: guard its expression, for instance against a division by zero");
        }
      }
    }
    return features;
  }

  /** Each row's group by a string column; a missing value is a group too. */
  List<String> groups(String column) {
    String[] values = texts.get(column);
    if (values == null) {
      throw new IllegalStateException("column '" + column + "' was not read as text");
    }
    return Arrays.stream(values).map(value -> value.isEmpty() ? "(missing)" : value).toList();
  }

  private static <T> T column(Map<String, T> columns, InputColumn input) {
    T column = columns.get(input.name());
    if (column == null) {
      throw new IllegalStateException("column '" + input.name() + "' was not read");
    }
    return column;
  }
}
