package dev.lockkeeper.launcher;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.duckdb.DuckDBConnection;

/**
 * The Chicago example without Lockkeeper: features in SQL, XGBoost's own training and prediction,
 * the area under the ROC curve by the rank-sum statistic. Only which rows are held out is taken
 * over.
 */
final class PlainXgboost {

  private static final int WIDTH = 14;

  private static final String FEATURES =
      """
      fare, trip_miles, trip_seconds, trip_start_month, trip_start_hour, trip_start_day,
      pickup_community_area, dropoff_community_area, pickup_latitude, pickup_longitude,
      dropoff_latitude, dropoff_longitude,
      CASE payment_type WHEN 'Cash' THEN 0 WHEN 'Credit Card' THEN 1 WHEN 'No Charge' THEN 2
        WHEN 'Unknown' THEN 3 END,
      CASE WHEN company IS NULL THEN 0 ELSE 1 END,
      CASE WHEN tips > 0.2 * fare THEN 1 ELSE 0 END
      """;

  private static final String READ =
      """
      fare, trip_miles, trip_seconds, trip_start_month, trip_start_hour, trip_start_day,
      pickup_community_area, dropoff_community_area, pickup_latitude, pickup_longitude,
      dropoff_latitude, dropoff_longitude, payment_type, company, tips
      """;

  private PlainXgboost() {}

  static double chicagoAuc(Path csv, Path holdout) throws Exception {
    try (DuckDBConnection engine =
            DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        var statement = engine.createStatement()) {
      statement.execute(
          "CREATE VIEW held AS SELECT " + READ + " FROM read_parquet('" + holdout + "')");
      statement.execute(
          "CREATE VIEW trained AS (SELECT "
              + READ
              + " FROM read_csv('"
              + csv
              + "', header=true, sample_size=-1) WHERE fare > 0) EXCEPT ALL SELECT * FROM held");
      Table training = table(statement.executeQuery("SELECT " + FEATURES + " FROM trained"));
      Table test = table(statement.executeQuery("SELECT " + FEATURES + " FROM held"));
      return auc(predict(training, test), test.labels);
    }
  }

  private record Table(float[] features, float[] labels) {
    DMatrix matrix() throws Exception {
      DMatrix matrix = new DMatrix(features, labels.length, WIDTH, Float.NaN);
      matrix.setLabel(labels);
      return matrix;
    }
  }

  private static float[][] predict(Table training, Table test) throws Exception {
    Map<String, Object> parameters =
        Map.of("objective", "binary:logistic", "max_depth", 5, "eta", 0.1, "seed", 7);
    Booster booster =
        XGBoost.train(training.matrix(), parameters, 100, new HashMap<>(), null, null);
    return booster.predict(test.matrix());
  }

  private static double auc(float[][] scores, float[] labels) {
    double[] flat = new double[scores.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = scores[i][0];
    }
    double[] ranks = new NaturalRanking().rank(flat);
    double positives = 0;
    double rankSum = 0;
    for (int i = 0; i < ranks.length; i++) {
      positives += labels[i];
      rankSum += labels[i] * ranks[i];
    }
    double negatives = ranks.length - positives;
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
  }

  private static Table table(ResultSet rows) throws Exception {
    List<float[]> read = new ArrayList<>();
    while (rows.next()) {
      float[] row = new float[WIDTH + 1];
      for (int i = 0; i <= WIDTH; i++) {
        double value = rows.getDouble(i + 1);
        row[i] = rows.wasNull() ? Float.NaN : (float) value;
      }
      read.add(row);
    }
    float[] features = new float[read.size() * WIDTH];
    float[] labels = new float[read.size()];
    for (int i = 0; i < labels.length; i++) {
      System.arraycopy(read.get(i), 0, features, i * WIDTH, WIDTH);
      labels[i] = read.get(i)[WIDTH];
    }
    return new Table(features, labels);
  }
}
