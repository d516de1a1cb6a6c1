package dev.lockkeeper.activities.training;

import dev.lockkeeper.contracts.training.TrainModelInput;
import dev.lockkeeper.contracts.training.TrainingActivities;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.engine.TableAppender;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.testing.SignedRun;
import dev.lockkeeper.testing.StageUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final SignedRun signed;
  private final StageUnderTest stage;
  private final float[] values = new float[ROWS * 3];
  private final float[] labels = new float[ROWS];

  TrainingFixture(Path folder) throws Exception {
    this(folder, new ChildLimits(512, Duration.ofMinutes(10)));
  }

  TrainingFixture(Path folder, ChildLimits limits) throws Exception {
    this.folder = folder;
    this.signed = SignedRun.in(folder, run("m@1"));
    this.stage =
        new StageUnderTest(
            signed,
            new TrainingDefinition(),
            context -> new ChildProcessTraining(context, "duckdb", limits, Duration.ofMillis(100)));
    generate();
  }

  StageUnderTest stage() {
    return stage;
  }

  SignedRun signed() {
    return signed;
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
    return stage
        .call(TrainingActivities.class)
        .trainModel(
            new TrainModelInput(
                run(runId), table, new TrainingSpecification(trainer, 7, parameters)));
  }

  /** What a later stage reads. */
  byte[] read(ArtifactRef candidate) throws Exception {
    return stage.context().store().read(candidate);
  }

  /** How many objects training has put into its zone. */
  long candidates() throws IOException {
    try (Stream<Path> files = Files.walk(signed.state().store().resolve(Zone.CANDIDATES.label()))) {
      return files.filter(file -> Files.isRegularFile(file) && !file.endsWith("zone")).count();
    }
  }

  FeatureTable table() throws Exception {
    ArtifactRef training =
        signed.put(Zone.FEATURES, Files.readAllBytes(folder.resolve("training.parquet")));
    ArtifactRef program = signed.put(Zone.FEATURES, "{}");
    return new FeatureTable(
        program,
        FEATURES,
        "label",
        training,
        training,
        ROWS,
        1,
        0,
        signed.provenance(Role.FEATURES, List.of(training, program), List.of()));
  }

  private static RunContext run(String runId) {
    return new RunContext(runId, "r", "default", "m", "1", "ann", "d");
  }

  private void generate() throws Exception {
    Random random = new Random(1);
    try (DataEngine engine = DataEngines.named("duckdb").open(folder)) {
      engine.execute("CREATE TABLE t (a FLOAT, b FLOAT, c FLOAT, label INTEGER)");
      try (TableAppender appender = engine.append("t")) {
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
      engine.execute("COPY t TO '" + folder.resolve("training.parquet") + "' (FORMAT parquet)");
    }
  }

  @Override
  public void close() {
    stage.close();
  }
}
