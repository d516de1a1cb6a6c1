package dev.lockkeeper.activities.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;

/** A model file answers as its trainer does, also at the edges of what can be learnt. */
class FittedModelTest {

  private static final int ROWS = 2_000;
  private static final int WIDTH = 3;

  @Test
  void rareLabels_keepXgboostsOwnMargin() throws Exception {
    for (double base : new double[] {1e-4, 0.01, 0.985, 0.9999}) {
      assertTranslated(
          Map.of("base_score", base, "max_depth", 4, "scale_pos_weight", 1 / base), 60);
    }
  }

  @Test
  void treesOfOneLeaf_areTranslated() throws Exception {
    assertTranslated(Map.of("gamma", 1e6), 10);
  }

  @Test
  void logisticRegression_isTheSameAtEveryScale() throws Exception {
    float[] plain = logistic(1);
    for (float scale : new float[] {1e-30f, 1e-14f, 1e20f}) {
      assertArrayEquals(plain, logistic(scale), 1e-5f, "scale " + scale);
    }
  }

  private static float[] logistic(float scale) throws Exception {
    Random random = new Random(5);
    float[] rows = new float[ROWS * WIDTH];
    float[] labels = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < WIDTH; j++) {
        rows[i * WIDTH + j] = j == 1 ? scale * 7 : scale * (float) random.nextGaussian();
      }
      labels[i] = rows[i * WIDTH] / scale + random.nextGaussian() > 0 ? 1 : 0;
    }
    LogisticRegressionTrainer trainer = new LogisticRegressionTrainer();
    TrainingTable table = new TrainingTable(ROWS, List.of("a", "b", "c"), rows, labels);
    return predict(
        trainer.fit(table, trainer.resolve(Map.of()), 1, new NoCheckpoints()).toOnnx(), rows);
  }

  private record NoCheckpoints() implements Checkpoints {
    @Override
    public Optional<byte[]> last() {
      return Optional.empty();
    }

    @Override
    public boolean due() {
      return false;
    }

    @Override
    public void keep(byte[] progress) {
      throw new IllegalStateException("none is due");
    }
  }

  private static void assertTranslated(Map<String, Object> settings, int rounds) throws Exception {
    Random random = new Random(3);
    float[] rows = new float[ROWS * WIDTH];
    float[] labels = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < WIDTH; j++) {
        rows[i * WIDTH + j] = random.nextInt(10) == 0 ? Float.NaN : (float) random.nextGaussian();
      }
      labels[i] = rows[i * WIDTH] + random.nextGaussian() > 0 ? 1 : 0;
    }
    DMatrix matrix = new DMatrix(rows, ROWS, WIDTH, Float.NaN);
    matrix.setLabel(labels);
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(Map.of("objective", "binary:logistic", "tree_method", "hist", "nthread", 1));
    Booster booster = XGBoost.train(matrix, all, rounds, new HashMap<>(), null, null);
    float[][] expected = booster.predict(matrix);
    float[] served = predict(XgboostOnnx.convert(booster.toByteArray("json"), WIDTH), rows);
    for (int i = 0; i < ROWS; i++) {
      assertEquals(expected[i][0], served[i], 3e-6, settings + " row " + i);
    }
  }

  private static float[] predict(byte[] model, float[] rows) throws Exception {
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    try (OrtSession session = runtime.createSession(model, new OrtSession.SessionOptions());
        OnnxTensor input =
            OnnxTensor.createTensor(runtime, FloatBuffer.wrap(rows), new long[] {ROWS, WIDTH});
        OrtSession.Result result = session.run(Map.of("features", input))) {
      float[] flat = new float[ROWS];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(flat);
      return flat;
    }
  }
}
