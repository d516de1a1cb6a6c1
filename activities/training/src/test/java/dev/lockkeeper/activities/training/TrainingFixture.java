package dev.lockkeeper.activities.training;

import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.contracts.training.TrainModelInput;
import dev.lockkeeper.contracts.training.TrainingActivities;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A training worker's context with a signed table of three features, one of them with gaps. */
final class TrainingFixture implements AutoCloseable {

  static final int ROWS = 3_000;
  static final List<String> FEATURES = List.of("a", "b", "c");

  private final Path folder;
  private final StateFolder state;
  private final StageContext context;
  private final float[] values = new float[ROWS * 3];
  private final float[] labels = new float[ROWS];
  private TestActivityEnvironment environment;

  TrainingFixture(Path folder) throws Exception {
    this.folder = folder;
    this.state =
        new StateFolder(folder.resolve("state")).initialise(List.of(Role.TRAINING, Role.FEATURES));
    this.context = StageContext.open(state, new TrainingDefinition());
    this.environment = worker();
    generate();
  }

  private TestActivityEnvironment worker() {
    TestActivityEnvironment worker = TestActivityEnvironment.newInstance();
    worker.registerActivitiesImplementations(
        new ChildProcessTraining(context, new ChildHeap(512), Duration.ofMillis(100)));
    return worker;
  }

  /** The worker is lost; another one takes over. */
  void anotherWorker() {
    environment.close();
    environment = worker();
  }

  TestActivityEnvironment environment() {
    return environment;
  }

  StateFolder state() {
    return state;
  }

  /** The stage before. */
  StageContext features() throws IOException {
    return StageContext.open(state, Role.FEATURES, ZoneAccess.to(Zone.FEATURES, Zone.EVIDENCE));
  }

  StageContext context() {
    return context;
  }

  float[] values() {
    return values;
  }

  float[] labels() {
    return labels;
  }

  TrainedModel train(String runId, String trainer, Map<String, String> parameters)
      throws Exception {
    return train(runId, table(), trainer, parameters);
  }

  TrainedModel train(
      String runId, FeatureTable table, String trainer, Map<String, String> parameters) {
    return environment
        .newActivityStub(TrainingActivities.class)
        .trainModel(
            new TrainModelInput(
                run(runId), table, new TrainingSpecification(trainer, 7, parameters)));
  }

  /** What a later stage reads. */
  byte[] read(ArtifactRef candidate) throws Exception {
    return context.store().read(candidate);
  }

  /** How many objects training has put into its zone. */
  long candidates() throws IOException {
    try (Stream<Path> files = Files.walk(state.store().resolve(Zone.CANDIDATES.label()))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  FeatureTable table() throws Exception {
    StageContext features = features();
    ArtifactRef training =
        features.store().put(Zone.FEATURES, folder.resolve("training.parquet"), "x");
    ArtifactRef program =
        features.store().put(Zone.FEATURES, new byte[] {'{', '}'}, "application/json");
    byte[] envelope =
        features
            .signer()
            .provenance(
                run("m@1"),
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
        new Evidence(features.storeStatement(envelope), 1, 1));
  }

  private static RunContext run(String runId) {
    return new RunContext(runId, "r", "default", "m", "1", "ann", "d");
  }

  private void generate() throws Exception {
    Random random = new Random(1);
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

  @Override
  public void close() {
    environment.close();
  }
}
