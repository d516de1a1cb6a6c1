package dev.lockkeeper.features.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Evidence;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.features.BuildFeaturesInput;
import dev.lockkeeper.contracts.features.FeatureActivities;
import dev.lockkeeper.contracts.features.FeatureSetSpecification;
import dev.lockkeeper.contracts.features.FeatureSpecification;
import dev.lockkeeper.contracts.features.FeatureTable;
import dev.lockkeeper.contracts.features.LabelSpecification;
import dev.lockkeeper.contracts.features.SplitSpecification;
import dev.lockkeeper.contracts.ingestion.ColumnContract;
import dev.lockkeeper.contracts.ingestion.ColumnType;
import dev.lockkeeper.contracts.ingestion.DataContract;
import dev.lockkeeper.contracts.ingestion.Dataset;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.contracts.run.RunContext;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Material;
import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.custody.Subject;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.RowBuffer;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The features stage on generated taxi trips, with missing values in every column. */
class TableFeaturesTest {

  private static final int ROWS = 2_000;

  private static final List<ColumnContract> COLUMNS =
      List.of(
          column("trip", ColumnType.INTEGER),
          column("taxi", ColumnType.STRING),
          column("fare", ColumnType.NUMBER),
          column("seconds", ColumnType.INTEGER),
          column("shared", ColumnType.BOOLEAN),
          column("pickup", ColumnType.TIMESTAMP),
          column("tips", ColumnType.NUMBER));

  private static final List<FeatureSpecification> FEATURES =
      List.of(
          new FeatureSpecification("log_fare", "log1p(fare)"),
          new FeatureSpecification("speed", "fare / seconds"),
          new FeatureSpecification("hour", "hour(pickup)"),
          new FeatureSpecification("is_shared", "shared"),
          new FeatureSpecification("fleet", "index_of(taxi, ['taxi 1', 'taxi 2', 'taxi 3'])"),
          new FeatureSpecification("fare_missing", "missing(fare)"));

  private static final LabelSpecification BIG_TIP =
      new LabelSpecification("big_tip", "coalesce(tips, 0) > 0.2 * coalesce(fare, 10)");

  private static final SplitSpecification BY_CONTENT = new SplitSpecification(0.25, null, 11);
  private static final SplitSpecification BY_TAXI = new SplitSpecification(0.25, "taxi", 11);

  @TempDir Path folder;
  private StateFolder state;
  private Desk ingestion;
  private Desk desk;
  private Desk consumer;
  private TestActivityEnvironment environment;
  private DuckDBConnection engine;
  private List<String> rows;

  @BeforeEach
  void start() throws Exception {
    state = new StateFolder(folder.resolve("state")).initialise();
    ingestion = Desk.open(state, Role.INGESTION);
    desk = Desk.open(state, Role.FEATURES);
    consumer = Desk.open(state, Role.VALIDATION);
    environment = TestActivityEnvironment.newInstance();
    environment.registerActivitiesImplementations(new TableFeatures(desk));
    engine = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    rows = trips();
    load();
  }

  @AfterEach
  void stop() throws Exception {
    environment.close();
    engine.close();
  }

  @Test
  void trainingTable_holdsTheBitsThatServingComputes() throws Exception {
    FeatureTable table = build(set(null, BIG_TIP), BY_CONTENT);
    FeatureProgram program = FeatureProgram.load(consumer.store().read(table.program()));
    Set<Long> heldOut = new HashSet<>(trips(table));
    List<String> expected = new ArrayList<>();
    try (var statement = engine.createStatement();
        var source =
            statement.executeQuery(
                "SELECT columns(*)::VARCHAR FROM source ORDER BY trip::BIGINT")) {
      while (source.next()) {
        if (!heldOut.contains(source.getLong("trip"))) {
          expected.add(served(program, source));
        }
      }
    }
    assertEquals(expected, lines("SELECT * FROM " + parquet(table.training())));
    assertEquals(expected.size(), table.trainingRows());
  }

  @Test
  void holdout_keepsTheContractsColumnsAsIngested() throws Exception {
    FeatureTable table = build(set(null, BIG_TIP), BY_CONTENT);
    List<Long> heldOut = trips(table);
    assertEquals(
        lines(
            "SELECT * FROM source WHERE trip IN ("
                + String.join(",", heldOut.stream().map(String::valueOf).toList())
                + ") ORDER BY trip"),
        lines("SELECT * EXCLUDE big_tip FROM " + parquet(table.holdout())));
  }

  @Test
  void split_dividesTheRowsNearTheShare() throws Exception {
    FeatureTable table = build(set(null, BIG_TIP), BY_CONTENT);
    assertEquals(ROWS, table.trainingRows() + table.holdoutRows());
    // five standard deviations of a binomial share
    assertEquals(0.25, table.holdoutRows() / (double) ROWS, 5 * Math.sqrt(0.25 * 0.75 / ROWS));
  }

  @Test
  void split_dependsOnTheRowAndTheSeedAlone() throws Exception {
    Set<Long> heldOut = new HashSet<>(trips(build(set(null, BIG_TIP), BY_CONTENT)));
    Collections.shuffle(rows, new Random(5));
    load();
    assertEquals(heldOut, new HashSet<>(trips(build(set(null, BIG_TIP), BY_CONTENT))));
    SplitSpecification reseeded = new SplitSpecification(0.25, null, 12);
    assertNotEquals(heldOut, new HashSet<>(trips(build(set(null, BIG_TIP), reseeded))));
  }

  @Test
  void largerShare_onlyAddsToTheHoldout() throws Exception {
    Set<Long> quarter = new HashSet<>(trips(build(set(null, BIG_TIP), BY_CONTENT)));
    Set<Long> half =
        new HashSet<>(trips(build(set(null, BIG_TIP), new SplitSpecification(0.5, null, 11))));
    assertTrue(half.containsAll(quarter));
    assertTrue(half.size() > quarter.size());
  }

  @Test
  void key_keepsItsRowsOnOneSide() throws Exception {
    FeatureTable table = build(set(null, BIG_TIP), BY_TAXI);
    String heldOut = parquet(table.holdout());
    assertEquals(
        List.of("0"),
        lines(
            "SELECT count(*) FROM source WHERE trip NOT IN (SELECT trip FROM "
                + heldOut
                + ") AND coalesce(taxi, '') IN (SELECT coalesce(taxi, '') FROM "
                + heldOut
                + ")"));
    assertTrue(table.holdoutRows() > 0 && table.trainingRows() > 0);
  }

  @Test
  void equalRows_stayOnOneSide() throws Exception {
    rows.addAll(List.copyOf(rows));
    load();
    FeatureTable table = build(set(null, BIG_TIP), BY_CONTENT);
    assertEquals(
        List.of("2"),
        lines(
            "SELECT DISTINCT copies FROM (SELECT count(*) AS copies FROM "
                + parquet(table.holdout())
                + " GROUP BY trip)"));
  }

  @Test
  void filteredRows_areOnNeitherSideAndCounted() throws Exception {
    FeatureTable table = build(set("fare >= 10 && !missing(tips)", BIG_TIP), BY_CONTENT);
    assertEquals(
        lines("SELECT count(*) FROM source WHERE NOT coalesce(fare >= 10, false) OR tips IS NULL"),
        List.of(String.valueOf(table.filteredRows())));
    assertEquals(ROWS, table.trainingRows() + table.holdoutRows() + table.filteredRows());
    assertEquals(
        List.of("0"),
        lines(
            "SELECT count(*) FROM "
                + parquet(table.holdout())
                + " WHERE NOT coalesce(fare >= 10, false) OR tips IS NULL"));
  }

  @Test
  void labelOfOneKind_isRefusedWithTheCounts() {
    for (String label : List.of("coalesce(tips, 0) > 100000", "tips < 100000 || missing(tips)")) {
      ApplicationFailure refused =
          failure(set(null, new LabelSpecification("big_tip", label)), BY_CONTENT);
      assertEquals("LABEL_UNUSABLE", refused.getType(), label);
      assertTrue(
          refused.getOriginalMessage().startsWith("label 'big_tip': "),
          refused.getOriginalMessage());
    }
  }

  @Test
  void missingInputOfTheLabel_isNoNegative() throws Exception {
    LabelSpecification label = new LabelSpecification("big_tip", "tips > 0.2 * fare");
    ApplicationFailure refused = failure(set("!missing(fare)", label), BY_CONTENT);
    assertEquals("LABEL_UNUSABLE", refused.getType());
    String count =
        lines("SELECT count(*) FROM source WHERE tips IS NULL AND fare IS NOT NULL").get(0);
    assertEquals(
        "label 'big_tip': what it reads is missing (column 'tips' in "
            + count
            + " rows), so these rows have no label: leave them out with the filter"
            + " (!missing(tips)) or say what a missing value stands for (coalesce, missing)",
        refused.getOriginalMessage());
    FeatureTable table = build(set("!missing(fare) && !missing(tips)", label), BY_CONTENT);
    assertEquals(
        lines("SELECT count(*) FROM source WHERE tips IS NULL OR fare IS NULL"),
        List.of(String.valueOf(table.filteredRows())));
  }

  @Test
  void filterThatKeepsNothing_isRefusedWithTheCount() {
    ApplicationFailure refused = failure(set("fare > 1000000", BIG_TIP), BY_CONTENT);
    assertEquals("LABEL_UNUSABLE", refused.getType());
    assertTrue(
        refused.getOriginalMessage().contains("(" + ROWS + " rows were filtered out)"),
        refused.getOriginalMessage());
  }

  @Test
  void unknownColumn_isRefused() {
    ApplicationFailure refused =
        failure(
            new FeatureSetSpecification(
                "1", null, List.of(new FeatureSpecification("f", "fair * 2")), BIG_TIP),
            BY_CONTENT);
    assertEquals("EXPRESSION_INVALID", refused.getType());
    assertTrue(
        refused.getOriginalMessage().contains("did you mean 'fare'?"),
        refused.getOriginalMessage());
  }

  @Test
  void refusedDataset_hasNothingToBuildFrom() throws Exception {
    Dataset accepted = dataset();
    Dataset refused =
        new Dataset(accepted.raw(), null, ROWS, List.of(), accepted.report(), accepted.evidence());
    assertEquals(
        "SPECIFICATION_INVALID", failure("m@1", refused, set(null, BIG_TIP), BY_CONTENT).getType());
  }

  @Test
  void rowsWithoutTheirStatement_areRefused() throws Exception {
    Dataset accepted = dataset();
    ArtifactRef others = ingestion.store().put(Zone.PROCESSED, new byte[] {1}, "x");
    Dataset swapped =
        new Dataset(
            accepted.raw(), others, ROWS, List.of(), accepted.report(), accepted.evidence());
    assertEquals(
        "CUSTODY_BROKEN", failure("m@1", swapped, set(null, BIG_TIP), BY_CONTENT).getType());
  }

  @Test
  void statementOfAnotherRole_isRefused() throws Exception {
    Dataset forged = dataset(Desk.open(state, Role.TRAINING));
    ApplicationFailure refused = failure("m@1", forged, set(null, BIG_TIP), BY_CONTENT);
    assertEquals("CUSTODY_BROKEN", refused.getType());
  }

  @Test
  void secondDelivery_findsTheFirstResult() throws Exception {
    Dataset dataset = dataset();
    FeatureTable first = build("m@1", dataset, set(null, BIG_TIP), BY_CONTENT);
    assertEquals(first, build("m@1", dataset, set(null, BIG_TIP), BY_CONTENT));
    FeatureTable otherRun = build("m@2", dataset, set(null, BIG_TIP), BY_CONTENT);
    assertEquals(first.training(), otherRun.training());
    assertEquals(first.holdout(), otherRun.holdout());
    assertNotEquals(first.evidence().statement(), otherRun.evidence().statement());
  }

  @Test
  void statement_coversTablesAndProgramAndNamesItsRows() throws Exception {
    Dataset dataset = dataset();
    FeatureTable table = build("m@1", dataset, set(null, BIG_TIP), BY_CONTENT);
    var statement =
        desk.accept(
            table.evidence(), Role.FEATURES, table.training(), table.holdout(), table.program());
    ArtifactRef processed = processed(dataset);
    assertEquals(List.of(new Material(processed.uri(), processed.sha256())), statement.materials());
  }

  @Test
  void otherExpression_isAnotherFeatureSet() throws Exception {
    ArtifactRef one = build(set(null, BIG_TIP), BY_CONTENT).program();
    LabelSpecification other =
        new LabelSpecification("big_tip", "coalesce(tips, 0) > 0.21 * coalesce(fare, 10)");
    assertNotEquals(one.sha256(), build(set(null, other), BY_CONTENT).program().sha256());
    assertEquals(one, build(set(null, BIG_TIP), BY_TAXI).program());
  }

  private static FeatureSetSpecification set(@Nullable String filter, LabelSpecification label) {
    return new FeatureSetSpecification("1", filter, FEATURES, label);
  }

  private FeatureTable build(FeatureSetSpecification features, SplitSpecification split)
      throws Exception {
    return build("m@1", dataset(), features, split);
  }

  private FeatureTable build(
      String runId, Dataset dataset, FeatureSetSpecification features, SplitSpecification split) {
    DataContract contract =
        new DataContract("trips", "1", "trips", "0".repeat(64), COLUMNS, List.of());
    return environment
        .newActivityStub(FeatureActivities.class)
        .buildFeatures(new BuildFeaturesInput(run(runId), dataset, contract, features, split));
  }

  private ApplicationFailure failure(FeatureSetSpecification features, SplitSpecification split) {
    try {
      return failure("m@1", dataset(), features, split);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private ApplicationFailure failure(
      String runId, Dataset dataset, FeatureSetSpecification features, SplitSpecification split) {
    ActivityFailure failure =
        assertThrows(ActivityFailure.class, () -> build(runId, dataset, features, split));
    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertTrue(cause.isNonRetryable(), cause.getMessage());
    return cause;
  }

  private Dataset dataset() throws Exception {
    return dataset(ingestion);
  }

  private Dataset dataset(Desk signedBy) throws Exception {
    Path file = folder.resolve("trips.parquet");
    try (var statement = engine.createStatement()) {
      statement.execute("COPY source TO '" + file + "' (FORMAT parquet)");
    }
    ArtifactRef processed = ingestion.store().put(Zone.PROCESSED, file, "x");
    byte[] envelope =
        signedBy
            .signer()
            .provenance(
                run("m@1"),
                List.of(new Subject("processed", processed.sha256())),
                List.of(new Material("raw", "0".repeat(64))),
                Json.mapper().createObjectNode());
    return new Dataset(
        processed,
        processed,
        ROWS,
        List.of(),
        processed,
        new Evidence(ingestion.file(envelope), 1, 1));
  }

  private static ArtifactRef processed(Dataset dataset) {
    ArtifactRef processed = dataset.processed();
    if (processed == null) {
      throw new AssertionError("the data set has no processed rows");
    }
    return processed;
  }

  private static RunContext run(String runId) {
    return new RunContext(runId, "r", "default", "m", "1", "ann", "d");
  }

  /** The trips that a table holds out, in its order. */
  private List<Long> trips(FeatureTable table) throws Exception {
    return lines("SELECT trip FROM " + parquet(table.holdout())).stream()
        .map(Long::valueOf)
        .toList();
  }

  /** A training row as the gateway would compute it from the values as text. */
  private static String served(FeatureProgram program, java.sql.ResultSet source) throws Exception {
    RowBuffer row = program.newRow();
    for (int i = 0; i < program.columns().size(); i++) {
      row.set(i, source.getString(program.columns().get(i).name()));
    }
    float[] features = new float[FEATURES.size()];
    program.compute(row, features);
    StringBuilder line = new StringBuilder();
    for (float feature : features) {
      line.append(feature).append(' ');
    }
    return line.append(program.label(row) ? 1 : 0).toString();
  }

  private String parquet(ArtifactRef table) throws Exception {
    Path file = consumer.store().localCopy(table, folder);
    return "read_parquet('" + file + "')";
  }

  private List<String> lines(String query) throws Exception {
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

  private void load() throws Exception {
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
