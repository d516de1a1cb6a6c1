package dev.lockkeeper.training;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The training rows.
 *
 * @param rows number of rows
 * @param featureNames feature names in model order
 * @param features row by row, NaN where missing
 * @param labels 0 or 1
 */
public record TrainingTable(int rows, List<String> featureNames, float[] features, float[] labels) {

  /** Number of features. */
  public int width() {
    return featureNames.size();
  }

  /** Reads the table that the features stage wrote. */
  static TrainingTable read(Path parquet, List<String> featureNames, String labelName)
      throws SQLException {
    String from = " FROM read_parquet('" + parquet.toString().replace("'", "''") + "')";
    String columns =
        featureNames.stream().map(TrainingTable::quote).collect(Collectors.joining(", "));
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads=1");
      int rows;
      try (ResultSet count = statement.executeQuery("SELECT count(*)" + from)) {
        count.next();
        rows = Math.toIntExact(count.getLong(1));
      }
      float[] features = new float[Math.multiplyExact(rows, featureNames.size())];
      float[] labels = new float[rows];
      try (ResultSet values =
          statement.executeQuery("SELECT " + columns + ", " + quote(labelName) + from)) {
        for (int row = 0, at = 0; values.next(); row++) {
          for (int i = 1; i <= featureNames.size(); i++, at++) {
            float value = values.getFloat(i);
            features[at] = values.wasNull() ? Float.NaN : value;
          }
          labels[row] = values.getInt(featureNames.size() + 1);
        }
      }
      return new TrainingTable(rows, featureNames, features, labels);
    }
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
