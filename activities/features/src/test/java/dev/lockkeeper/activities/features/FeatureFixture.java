package dev.lockkeeper.activities.features;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.features.BuildFeaturesInput;
import dev.lockkeeper.contracts.features.FeatureActivities;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.testing.SignedRun;
import dev.lockkeeper.testing.StageUnderTest;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The features stage on generated taxi trips, with missing values in every column: the rows lie in
 * the table {@code source} of an engine of the test's own.
 */
final class FeatureFixture implements AutoCloseable {

  static final int ROWS = 2_000;

  private static final List<ColumnContract> COLUMNS =
      List.of(
          column("trip", ColumnType.INTEGER),
          column("taxi", ColumnType.STRING),
          column("fare", ColumnType.NUMBER),
          column("seconds", ColumnType.INTEGER),
          column("shared", ColumnType.BOOLEAN),
          column("pickup", ColumnType.TIMESTAMP),
          column("tips", ColumnType.NUMBER));

  static final List<FeatureSpecification> FEATURES =
      List.of(
          new FeatureSpecification("log_fare", "log1p(fare)"),
          new FeatureSpecification("speed", "fare / seconds"),
          new FeatureSpecification("hour", "hour(pickup)"),
          new FeatureSpecification("is_shared", "shared"),
          new FeatureSpecification("fleet", "index_of(taxi, ['taxi 1', 'taxi 2', 'taxi 3'])"),
          new FeatureSpecification("fare_missing", "missing(fare)"));

  static final LabelSpecification BIG_TIP =
      new LabelSpecification("big_tip", "coalesce(tips, 0) > 0.2 * coalesce(fare, 10)");

  static final SplitSpecification BY_CONTENT = new SplitSpecification(0.25, null, 11);
  static final SplitSpecification BY_TAXI = new SplitSpecification(0.25, "taxi", 11);

  final SignedRun signed;
  final StageUnderTest stage;
  final Connection engine;
  private final Path folder;
  private final List<String> rows = trips();

  FeatureFixture(Path folder) throws Exception {
    this.folder = folder;
    signed = SignedRun.in(folder, run("m@1"));
    stage =
        new StageUnderTest(
            signed,
            new FeaturesDefinition(),
            context -> new TableFeatures(context, DataEngines.named("duckdb")));
    engine = DriverManager.getConnection("jdbc:duckdb:");
    load();
  }

  @Override
  public void close() throws SQLException {
    stage.close();
    engine.close();
  }

  /** The same rows in another order. */
  void shuffle() throws SQLException {
    Collections.shuffle(rows, new Random(5));
    load();
  }

  /** Changes the rows. */
  void execute(String sql) throws SQLException {
    try (var statement = engine.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Every row twice. */
  void doubleRows() throws SQLException {
    rows.addAll(List.copyOf(rows));
    load();
  }

  static FeatureSetSpecification set(@Nullable String filter, LabelSpecification label) {
    return new FeatureSetSpecification("1", filter, FEATURES, label);
  }

  FeatureTable build(FeatureSetSpecification features, SplitSpecification split) throws Exception {
    return build("m@1", dataset(), features, split);
  }

  FeatureTable build(
      String runId,
      Dataset.Accepted dataset,
      FeatureSetSpecification features,
      SplitSpecification split) {
    DataContract contract =
        new DataContract("trips", "1", "trips", "0".repeat(64), COLUMNS, List.of());
    return stage
        .call(FeatureActivities.class)
        .buildFeatures(new BuildFeaturesInput(run(runId), dataset, contract, features, split));
  }

  ApplicationFailure failure(FeatureSetSpecification features, SplitSpecification split) {
    try {
      return failure("m@1", dataset(), features, split);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  ApplicationFailure failure(
      String runId,
      Dataset.Accepted dataset,
      FeatureSetSpecification features,
      SplitSpecification split) {
    ApplicationFailure failure = stage.failure(() -> build(runId, dataset, features, split));
    assertTrue(failure.isNonRetryable(), failure.getMessage());
    return failure;
  }

  Dataset.Accepted dataset() throws Exception {
    return signed.dataset(processed(), ROWS);
  }

  /** The rows as ingestion writes them. */
  ArtifactRef processed() throws Exception {
    Path file = folder.resolve("trips.parquet");
    try (var statement = engine.createStatement()) {
      statement.execute("COPY source TO '" + file + "' (FORMAT parquet)");
    }
    return signed.put(Zone.PROCESSED, Files.readAllBytes(file));
  }

  private static RunContext run(String runId) {
    return new RunContext(runId, "r", "default", "m", "1", "ann", "d");
  }

  /** The trips that a table holds out, in its order. */
  List<Long> trips(FeatureTable table) throws Exception {
    return lines("SELECT trip FROM " + parquet(table.holdout())).stream()
        .map(Long::valueOf)
        .toList();
  }

  /** The store as a later stage reads it. */
  ArtifactStore delivered() throws IOException {
    return signed.delivering(Role.TRAINING).store();
  }

  String parquet(ArtifactRef table) throws Exception {
    Path file = delivered().localCopy(table, folder);
    return "read_parquet('" + file + "')";
  }

  List<String> lines(String query) throws Exception {
    List<String> lines = new ArrayList<>();
    try (var statement = engine.createStatement();
        var result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(result.getObject(i)));
        }
        lines.add(String.join(" ", values));
      }
    }
    return lines;
  }

  private void load() throws SQLException {
    try (var statement = engine.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE TABLE source (trip BIGINT, taxi VARCHAR, fare DOUBLE, seconds BIGINT,"
              + " shared BOOLEAN, pickup TIMESTAMP, tips DOUBLE)");
      statement.execute("INSERT INTO source VALUES " + String.join(", ", rows));
    }
  }

  private static List<String> trips() {
    Random random = new Random(3);
    List<String> trips = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      trips.add(
          "("
              + String.join(
                  ", ",
                  String.valueOf(i),
                  orMissing(random, "'taxi " + random.nextInt(40) + "'"),
                  orMissing(random, String.valueOf(3 + 60 * random.nextDouble())),
                  orMissing(random, String.valueOf(random.nextInt(4_000))),
                  orMissing(random, String.valueOf(random.nextBoolean())),
                  orMissing(
                      random,
                      "make_timestamp(" + (1_549_500_000_000_000L + random.nextInt()) + ")"),
                  orMissing(random, String.valueOf(12 * random.nextDouble())))
              + ")");
    }
    return trips;
  }

  private static String orMissing(Random random, String value) {
    return random.nextInt(20) == 0 ? "NULL" : value;
  }

  private static ColumnContract column(String name, ColumnType type) {
    return new ColumnContract(name, type, false, false, null, null, List.of(), null, null);
  }
}
