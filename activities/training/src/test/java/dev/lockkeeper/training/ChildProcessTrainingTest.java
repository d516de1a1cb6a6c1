package dev.lockkeeper.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Evidence;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.features.FeatureTable;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.contracts.run.RunContext;
import dev.lockkeeper.contracts.training.TrainModelInput;
import dev.lockkeeper.contracts.training.TrainedModel;
import dev.lockkeeper.contracts.training.TrainingActivities;
import dev.lockkeeper.contracts.training.TrainingSpecification;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Material;
import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.custody.Subject;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTrainingTest {

  private static final int ROWS = 3_000;
  private static final List<String> FEATURES = List.of("a", "b", "c");

  @TempDir Path folder;
  private StateFolder state;
  private Desk desk;
  private TestActivityEnvironment environment;
  private float[] values;
  private float[] labels;

  @BeforeEach
  void start() throws Exception {
    state = new StateFolder(folder.resolve("state")).initialise();
    desk = Desk.open(state, Role.TRAINING);
    environment = TestActivityEnvironment.newInstance();
    environment.registerActivitiesImplementations(
        new ChildProcessTraining(desk, new ChildHeap(512)));
    generate();
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void xgboost_isTranslatedWithoutLoss() throws Exception {
    TrainedModel model = train("m@1", "xgboost", Map.of("rounds", "40", "max_depth", "4"));
    float[] served = predict(read(model.model()), ROWS);
    Map<String, Object> settings =
        new HashMap<>(new XgboostTrainer().resolve(Map.of("max_depth", "4")));
    settings.remove("rounds");
    settings.putAll(
        Map.of("objective", "binary:logistic", "tree_method", "hist", "seed", 7, "nthread", 2));
    DMatrix matrix = new DMatrix(values, ROWS, 3, Float.NaN);
    matrix.setLabel(labels);
    float[][] expected =
        XGBoost.train(matrix, settings, 40, new HashMap<>(), null, null).predict(matrix);
    for (int i = 0; i < ROWS; i++) {
      assertEquals(expected[i][0], served[i], 1e-6, "row " + i);
    }
  }

  @Test
  void logisticRegression_separatesTheLabels() throws Exception {
    TrainedModel model = train("m@1", "logistic-regression", Map.of());
    float[] served = predict(read(model.model()), ROWS);
    double[] mean = new double[2];
    int[] count = new int[2];
    for (int i = 0; i < ROWS; i++) {
      mean[(int) labels[i]] += served[i];
      count[(int) labels[i]]++;
    }
    assertTrue(
        mean[1] / count[1] - mean[0] / count[0] > 0.3,
        mean[1] / count[1] + " against " + mean[0] / count[0]);
  }

  @Test
  void sameInputs_giveTheSameModel() throws Exception {
    for (String trainer : List.of("xgboost", "logistic-regression")) {
      TrainedModel one = train("m@1", trainer, Map.of());
      TrainedModel two = train("m@2", trainer, Map.of());
      assertEquals(one.model(), two.model());
      assertNotEquals(one.evidence().statement(), two.evidence().statement());
    }
  }

  @Test
  void statement_coversModelAndInputs() throws Exception {
    TrainedModel model = train("m@1", "xgboost", Map.of("rounds", "5"));
    var statement = desk.accept(model.evidence(), Role.TRAINING, model.model(), model.record());
    assertEquals(2, statement.materials().size());
    JsonNode record = Json.mapper().readTree(read(model.record()));
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
    assertEquals(
        "there is no trainer 'magic': there are logistic-regression, xgboost",
        failure("magic", Map.of()).getOriginalMessage());
  }

  @Test
  void swappedTable_isRefused() throws Exception {
    FeatureTable honest = table(Role.FEATURES);
    ArtifactRef other = features().store().put(Zone.FEATURES, new byte[] {1}, "x");
    FeatureTable swapped =
        new FeatureTable(
            honest.program(),
            FEATURES,
            "label",
            other,
            honest.holdout(),
            1,
            1,
            0,
            honest.evidence());
    ActivityFailure failure =
        assertThrows(ActivityFailure.class, () -> run("m@1", swapped, "xgboost", Map.of()));
    assertEquals("CUSTODY_BROKEN", ((ApplicationFailure) failure.getCause()).getType());
  }

  private ApplicationFailure failure(String trainer, Map<String, String> parameters) {
    ActivityFailure failure =
        assertThrows(ActivityFailure.class, () -> train("m@1", trainer, parameters));
    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertTrue(cause.isNonRetryable());
    return cause;
  }

  private TrainedModel train(String runId, String trainer, Map<String, String> parameters)
      throws Exception {
    return run(runId, table(Role.FEATURES), trainer, parameters);
  }

  private TrainedModel run(
      String runId, FeatureTable table, String trainer, Map<String, String> parameters) {
    return environment
        .newActivityStub(TrainingActivities.class)
        .trainModel(
            new TrainModelInput(
                context(runId), table, new TrainingSpecification(trainer, 7, parameters)));
  }

  private byte[] read(ArtifactRef candidate) throws Exception {
    return Desk.open(state, Role.VALIDATION).store().read(candidate);
  }

  private static RunContext context(String runId) {
    return new RunContext(runId, "r", "default", "m", "1", "ann", "d");
  }

  private Desk features() throws Exception {
    return Desk.open(state, Role.FEATURES);
  }

  private FeatureTable table(Role signedBy) throws Exception {
    Desk features = Desk.open(state, signedBy);
    ArtifactRef training =
        features.store().put(Zone.FEATURES, folder.resolve("training.parquet"), "x");
    ArtifactRef program =
        features.store().put(Zone.FEATURES, new byte[] {'{', '}'}, "application/json");
    byte[] envelope =
        features
            .signer()
            .provenance(
                context("m@1"),
                List.of(
                    new Subject("training", training.sha256()),
                    new Subject("features.json", program.sha256())),
                List.of(new Material("processed", "0".repeat(64))),
                Json.mapper().createObjectNode());
    return new FeatureTable(
        program,
        FEATURES,
        "label",
        training,
        training,
        ROWS,
        1,
        0,
        new Evidence(features.file(envelope), 1, 1));
  }

  private void generate() throws Exception {
    Random random = new Random(1);
    values = new float[ROWS * 3];
    labels = new float[ROWS];
    try (var connection =
            DriverManager.getConnection("jdbc:duckdb:").unwrap(org.duckdb.DuckDBConnection.class);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a FLOAT, b FLOAT, c FLOAT, label INTEGER)");
      try (var appender = connection.createAppender("main", "t")) {
        for (int i = 0; i < ROWS; i++) {
          float a = (float) random.nextGaussian();
          float b = (float) random.nextGaussian();
          float c = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextGaussian();
          int label = 2 * a - b + random.nextGaussian() > 0 ? 1 : 0;
          values[3 * i] = a;
          values[3 * i + 1] = b;
          values[3 * i + 2] = c;
          labels[i] = label;
          appender.beginRow();
          appender.append(a);
          appender.append(b);
          appender.append(c);
          appender.append(label);
          appender.endRow();
        }
      }
      statement.execute("COPY t TO '" + folder.resolve("training.parquet") + "' (FORMAT parquet)");
    }
  }

  private float[] predict(byte[] model, int rows) throws Exception {
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    try (OrtSession session = runtime.createSession(model, new OrtSession.SessionOptions());
        OnnxTensor input =
            OnnxTensor.createTensor(runtime, FloatBuffer.wrap(values), new long[] {rows, 3});
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
