package dev.lockkeeper.activities.features;

import static dev.lockkeeper.activities.features.FeatureFixture.BIG_TIP;
import static dev.lockkeeper.activities.features.FeatureFixture.BY_CONTENT;
import static dev.lockkeeper.activities.features.FeatureFixture.BY_TAXI;
import static dev.lockkeeper.activities.features.FeatureFixture.FEATURES;
import static dev.lockkeeper.activities.features.FeatureFixture.ROWS;
import static dev.lockkeeper.activities.features.FeatureFixture.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.run.Role;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the features stage makes of accepted rows, and what it refuses. */
class TableFeaturesTest {

  @TempDir Path folder;
  private FeatureFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new FeatureFixture(folder);
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void trainingTable_containsTheBitsThatServingComputes() throws Exception {
    FeatureTable table = fixture.build(set(null, BIG_TIP), BY_CONTENT);
    FeatureProgram program = FeatureProgram.load(fixture.delivered().read(table.program()));
    Set<Long> heldOut = new HashSet<>(fixture.trips(table));
    List<String> expected = new ArrayList<>();
    try (var statement = fixture.engine.createStatement();
        var source =
            statement.executeQuery(
                "SELECT columns(*)::VARCHAR FROM source ORDER BY trip::BIGINT")) {
      while (source.next()) {
        if (!heldOut.contains(source.getLong("trip"))) {
          expected.add(served(program, source));
        }
      }
    }
    assertEquals(expected, fixture.lines("SELECT * FROM " + fixture.parquet(table.training())));
    assertEquals(expected.size(), table.trainingRows());
  }

  @Test
  void holdout_keepsTheContractsColumnsAsIngested() throws Exception {
    FeatureTable table = fixture.build(set(null, BIG_TIP), BY_CONTENT);
    List<Long> heldOut = fixture.trips(table);
    assertEquals(
        fixture.lines(
            "SELECT * FROM source WHERE trip IN ("
                + String.join(",", heldOut.stream().map(String::valueOf).toList())
                + ") ORDER BY trip"),
        fixture.lines("SELECT * EXCLUDE big_tip FROM " + fixture.parquet(table.holdout())));
  }

  @Test
  void labelOfOneKind_isRefusedWithTheCounts() {
    for (String label : List.of("coalesce(tips, 0) > 100000", "tips < 100000 || missing(tips)")) {
      ApplicationFailure refused =
          fixture.failure(set(null, new LabelSpecification("big_tip", label)), BY_CONTENT);
      assertEquals("LABEL_UNUSABLE", refused.getType(), label);
      assertTrue(
          refused.getOriginalMessage().startsWith("label 'big_tip': "),
          refused.getOriginalMessage());
    }
  }

  @Test
  void missingInputOfTheLabel_isNoNegative() throws Exception {
    LabelSpecification label = new LabelSpecification("big_tip", "tips > 0.2 * fare");
    ApplicationFailure refused = fixture.failure(set("!missing(fare)", label), BY_CONTENT);
    assertEquals("LABEL_UNUSABLE", refused.getType());
    String count =
        fixture.lines("SELECT count(*) FROM source WHERE tips IS NULL AND fare IS NOT NULL").get(0);
    assertEquals(
        "label 'big_tip': what it reads is missing (column 'tips' in "
            + count
            + " rows), so these rows have no label: leave them out with the filter"
            + " (!missing(tips)) or say what a missing value stands for (coalesce, missing)",
        refused.getOriginalMessage());
    FeatureTable table = fixture.build(set("!missing(fare) && !missing(tips)", label), BY_CONTENT);
    assertEquals(
        fixture.lines("SELECT count(*) FROM source WHERE tips IS NULL OR fare IS NULL"),
        List.of(String.valueOf(table.filteredRows())));
  }

  @Test
  void filterThatKeepsNothing_isRefusedWithTheCount() {
    ApplicationFailure refused = fixture.failure(set("fare > 1000000", BIG_TIP), BY_CONTENT);
    assertEquals("LABEL_UNUSABLE", refused.getType());
    assertTrue(
        refused.getOriginalMessage().contains("(" + ROWS + " rows were filtered out)"),
        refused.getOriginalMessage());
  }

  @Test
  void unknownColumn_isRefused() {
    ApplicationFailure refused =
        fixture.failure(
            new FeatureSetSpecification(
                "1", null, List.of(new FeatureSpecification("f", "fair * 2")), BIG_TIP),
            BY_CONTENT);
    assertEquals("EXPRESSION_INVALID", refused.getType());
    assertTrue(
        refused.getOriginalMessage().contains("did you mean 'fare'?"),
        refused.getOriginalMessage());
  }

  @Test
  void rowsWithoutTheirStatement_areRefused() throws Exception {
    Dataset.Accepted accepted = fixture.dataset();
    ArtifactRef others = fixture.signed.put(Zone.PROCESSED, new byte[] {1});
    Dataset.Accepted swapped =
        new Dataset.Accepted(accepted.raw(), others, ROWS, accepted.report(), accepted.evidence());
    assertEquals(
        "CUSTODY_BROKEN",
        fixture.failure("m@1", swapped, set(null, BIG_TIP), BY_CONTENT).getType());
  }

  @Test
  void statementOfAnotherRole_isRefused() throws Exception {
    ArtifactRef rows = fixture.processed();
    Evidence evidence = fixture.signed.provenance(Role.TRAINING, List.of(rows), List.of());
    Dataset.Accepted forged = new Dataset.Accepted(rows, rows, ROWS, rows, evidence);
    ApplicationFailure refused = fixture.failure("m@1", forged, set(null, BIG_TIP), BY_CONTENT);
    assertEquals("CUSTODY_BROKEN", refused.getType());
  }

  @Test
  void secondDelivery_findsTheFirstResult() throws Exception {
    Dataset.Accepted dataset = fixture.dataset();
    FeatureTable first = fixture.build("m@1", dataset, set(null, BIG_TIP), BY_CONTENT);
    assertEquals(first, fixture.build("m@1", dataset, set(null, BIG_TIP), BY_CONTENT));
    FeatureTable otherRun = fixture.build("m@2", dataset, set(null, BIG_TIP), BY_CONTENT);
    assertEquals(first.training(), otherRun.training());
    assertEquals(first.holdout(), otherRun.holdout());
    assertNotEquals(first.evidence().statement(), otherRun.evidence().statement());
  }

  @Test
  void statement_coversTablesAndProgramAndNamesItsRows() throws Exception {
    Dataset.Accepted dataset = fixture.dataset();
    FeatureTable table = fixture.build("m@1", dataset, set(null, BIG_TIP), BY_CONTENT);
    var statement =
        fixture
            .stage
            .context()
            .verifyInput(
                table.evidence(),
                Role.FEATURES,
                table.training(),
                table.holdout(),
                table.program());
    ArtifactRef processed = dataset.processed();
    assertEquals(List.of(new Material(processed.uri(), processed.sha256())), statement.materials());
  }

  @Test
  void otherExpression_isAnotherFeatureSet() throws Exception {
    ArtifactRef one = fixture.build(set(null, BIG_TIP), BY_CONTENT).program();
    LabelSpecification other =
        new LabelSpecification("big_tip", "coalesce(tips, 0) > 0.21 * coalesce(fare, 10)");
    assertNotEquals(one.sha256(), fixture.build(set(null, other), BY_CONTENT).program().sha256());
    assertEquals(one, fixture.build(set(null, BIG_TIP), BY_TAXI).program());
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
}
