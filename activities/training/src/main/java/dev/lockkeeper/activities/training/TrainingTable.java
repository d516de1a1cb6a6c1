package dev.lockkeeper.activities.training;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.engine.Sql;
import dev.lockkeeper.stage.StageException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The training rows.
 *
 * @param rows number of rows
 * @param featureNames feature names in model order
 * @param features row by row, NaN where missing, never infinite
 * @param labels 0 or 1, each at least once
 */
public record TrainingTable(int rows, List<String> featureNames, float[] features, float[] labels) {

  /** Number of features. */
  public int width() {
    return featureNames.size();
  }

  /**
   * Reads the table that the features stage wrote.
   *
   * @throws StageException for a label or a feature that no model can be fitted to
   */
  static TrainingTable read(
      DataEngineProvider engines, Path parquet, List<String> featureNames, String labelName)
      throws SQLException {
    Path folder = parquet.toAbsolutePath().getParent();
    String from = " FROM read_parquet(" + Sql.text(parquet.toString()) + ")";
    String columns = featureNames.stream().map(Sql::name).collect(Collectors.joining(", "));
    try (DataEngine engine = engines.open(folder == null ? Path.of("/") : folder)) {
      int rows = Math.toIntExact(engine.count("SELECT count(*)" + from));
      TrainingTable table =
          engine.query(
              "SELECT " + columns + ", " + Sql.name(labelName) + from,
              values -> fill(values, rows, featureNames));
      table.requireLabels(labelName);
      table.requireFinite();
      return table;
    }
  }

  private static TrainingTable fill(ResultSet values, int rows, List<String> featureNames)
      throws SQLException {
    float[] features = new float[Math.multiplyExact(rows, featureNames.size())];
    float[] labels = new float[rows];
    for (int row = 0, at = 0; values.next(); row++) {
      for (int i = 1; i <= featureNames.size(); i++, at++) {
        float value = values.getFloat(i);
        features[at] = values.wasNull() ? Float.NaN : value;
      }
      float label = values.getFloat(featureNames.size() + 1);
      labels[row] = values.wasNull() ? Float.NaN : label;
    }
    return new TrainingTable(rows, featureNames, features, labels);
  }

  private void requireLabels(String labelName) {
    int positive = 0;
    for (int row = 0; row < rows; row++) {
      if (labels[row] != 0 && labels[row] != 1) {
        throw unusable("label '" + labelName + "' of training row " + row + " is neither 0 nor 1");
      }
      positive += (int) labels[row];
    }
    if (positive == 0 || positive == rows) {
      throw unusable(
          "label '"
              + labelName
              + "' is "
              + (positive == 0 ? "false" : "true")
              + " in each of "
              + rows
              + " training rows: a classifier needs both; check the label's expression");
    }
  }

  private void requireFinite() {
    for (int at = 0; at < features.length; at++) {
      if (Float.isInfinite(features[at])) {
        throw new StageException(
            FailureType.TRAINING_FAILED,
            "feature '"
                + featureNames.get(at % width())
                + "' of training row "
                + at / width()
                + " is infinite: guard its expression, for instance against a division by zero");
      }
    }
  }

  private static StageException unusable(String message) {
    return new StageException(FailureType.LABEL_UNUSABLE, message);
  }
}
