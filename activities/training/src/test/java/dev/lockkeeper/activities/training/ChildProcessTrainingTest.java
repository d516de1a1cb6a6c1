package dev.lockkeeper.activities.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.training.TrainedModel;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTrainingTest {

  private static final int ROWS = TrainingFixture.ROWS;

  @TempDir Path folder;
  private TrainingFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new TrainingFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void xgboost_isTranslatedWithoutLoss() throws Exception {
    TrainedModel model = fixture.train("m@1", "xgboost", Map.of("rounds", "40", "max_depth", "4"));
    float[] served = predict(fixture.read(model.model()), ROWS);
    Map<String, Object> settings =
        new HashMap<>(new XgboostTrainer().resolve(Map.of("max_depth", "4")));
    settings.remove("rounds");
    settings.putAll(
        Map.of("objective", "binary:logistic", "tree_method", "hist", "seed", 7, "nthread", 2));
    DMatrix matrix = new DMatrix(fixture.values(), ROWS, 3, Float.NaN);
    matrix.setLabel(fixture.labels());
    float[][] expected =
        XGBoost.train(matrix, settings, 40, new HashMap<>(), null, null).predict(matrix);
    for (int i = 0; i < ROWS; i++) {
      assertEquals(expected[i][0], served[i], 1e-6, "row " + i);
    }
  }

  @Test
  void logisticRegression_separatesTheLabels() throws Exception {
    TrainedModel model = fixture.train("m@1", "logistic-regression", Map.of());
    float[] served = predict(fixture.read(model.model()), ROWS);
    double[] mean = new double[2];
    int[] count = new int[2];
    for (int i = 0; i < ROWS; i++) {
      mean[(int) fixture.labels()[i]] += served[i];
      count[(int) fixture.labels()[i]]++;
    }
    assertTrue(
        mean[1] / count[1] - mean[0] / count[0] > 0.3,
        mean[1] / count[1] + " against " + mean[0] / count[0]);
  }

  @Test
  void sameInputs_giveTheSameModel() throws Exception {
    for (String trainer : List.of("xgboost", "logistic-regression")) {
      TrainedModel one = fixture.train("m@1", trainer, Map.of());
      TrainedModel two = fixture.train("m@2", trainer, Map.of());
      assertEquals(one.model(), two.model());
      assertNotEquals(one.evidence().statement(), two.evidence().statement());
    }
  }

  @Test
  void statement_coversModelAndInputs() throws Exception {
    TrainedModel model = fixture.train("m@1", "xgboost", Map.of("rounds", "5"));
    var statement =
        fixture
            .stage()
            .context()
            .verifyInput(model.evidence(), Role.TRAINING, model.model(), model.record());
    FeatureTable table = fixture.table();
    assertEquals(
        Set.of(table.training().sha256(), table.program().sha256()),
        statement.materials().stream().map(Material::sha256).collect(Collectors.toSet()));
    JsonNode record = Json.mapper().readTree(fixture.read(model.record()));
    assertEquals("5", record.path("hyperparameters").path("rounds").asText());
    assertEquals("0.3", record.path("hyperparameters").path("eta").asText());
    assertEquals(ROWS, record.path("trainingRows").asInt());
    assertEquals(model.isolation(), record.path("isolation").asText());
  }

  @Test
  void unknownParameter_isRefusedWithTheKnownOnes() {
    ApplicationFailure failure = failure("xgboost", Map.of("depth", "3"));
    assertEquals("SPECIFICATION_INVALID", failure.getType());
    assertTrue(
        failure
            .getOriginalMessage()
            .startsWith("trainer 'xgboost' has no parameter 'depth': it has rounds, max_depth"),
        failure.getOriginalMessage());
  }

  @Test
  void parameterOutOfRange_isRefusedWithTheRange() {
    assertEquals(
        "trainer 'xgboost', parameter 'eta': expected a number from 0.0001 to 1, got '2'",
        failure("xgboost", Map.of("eta", "2")).getOriginalMessage());
  }

  @Test
  void unknownTrainer_isRefusedWithTheKnownOnes() {
    String message = failure("magic", Map.of()).getOriginalMessage();
    assertTrue(message.startsWith("there is no trainer 'magic': there are "), message);
    assertTrue(message.contains("logistic-regression") && message.contains("xgboost"), message);
  }

  @Test
  void swappedTable_isRefused() throws Exception {
    FeatureTable honest = fixture.table();
    ArtifactRef other = fixture.signed().put(Zone.FEATURES, new byte[] {1});
    FeatureTable swapped =
        new FeatureTable(
            honest.program(),
            TrainingFixture.FEATURES,
            "label",
            other,
            honest.holdout(),
            1,
            1,
            0,
            honest.evidence());
    ActivityFailure failure =
        assertThrows(
            ActivityFailure.class, () -> fixture.train("m@1", swapped, "xgboost", Map.of()));
    assertEquals("CUSTODY_BROKEN", ((ApplicationFailure) failure.getCause()).getType());
  }

  private ApplicationFailure failure(String trainer, Map<String, String> parameters) {
    ActivityFailure failure =
        assertThrows(ActivityFailure.class, () -> fixture.train("m@1", trainer, parameters));
    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertTrue(cause.isNonRetryable());
    return cause;
  }

  private float[] predict(byte[] model, int rows) throws Exception {
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    try (OrtSession session = runtime.createSession(model, new OrtSession.SessionOptions());
        OnnxTensor input =
            OnnxTensor.createTensor(
                runtime, FloatBuffer.wrap(fixture.values()), new long[] {rows, 3});
        OrtSession.Result result = session.run(Map.of("features", input))) {
      float[][] out = (float[][]) result.get("probability").orElseThrow().getValue();
      float[] flat = new float[rows];
      for (int i = 0; i < rows; i++) {
        flat[i] = out[i][0];
      }
      return flat;
    }
  }
}
