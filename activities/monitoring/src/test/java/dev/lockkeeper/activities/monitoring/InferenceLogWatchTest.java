package dev.lockkeeper.activities.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.contracts.monitoring.CompareWindowInput;
import dev.lockkeeper.contracts.monitoring.MonitoringActivities;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.ArmRole;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.monitoring.MonitoringBaselineFormat;
import dev.lockkeeper.formats.monitoring.MonitoringClaimFormat;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.monitoring.WindowComparison;
import dev.lockkeeper.formats.monitoring.WindowReportFormat;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.Alert;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.testing.SignedRun;
import dev.lockkeeper.testing.StageUnderTest;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceLogWatchTest {

  private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");
  private static final MonitoringSpecification SPECIFICATION =
      new MonitoringSpecification(Duration.ofMinutes(1), 200, 0.25);

  private final List<Alert> raised = new ArrayList<>();
  @TempDir Path folder;
  private SignedRun signed;
  private StageUnderTest stage;
  private ModelPackage watched;

  @BeforeEach
  void start() throws IOException {
    signed = SignedRun.in(folder, run("1"));
    stage =
        new StageUnderTest(
            signed,
            new MonitoringDefinition(),
            context -> new InferenceLogWatch(context, raised::add));
    watched = modelPackage("1", 500);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private static RunContext run(String version) {
    return new RunContext(
        "tips@" + version, "run-1", "default", "tips", version, "ada", "0".repeat(64));
  }

  /**
   * A package whose baseline has each of five bins of {@code miles} and of the prediction equal.
   */
  private ModelPackage modelPackage(String version, long rowsInBin) throws IOException {
    List<Long> counts = java.util.Collections.nCopies(5, rowsInBin);
    MonitoringBaseline baseline =
        new MonitoringBaseline(
            5 * rowsInBin,
            List.of(
                new MonitoringBaseline.Histogram("miles", List.of(1.0, 2.0, 3.0, 4.0), counts, 0),
                new MonitoringBaseline.Histogram(
                    "prediction", List.of(0.2, 0.4, 0.6, 0.8), counts, 0)));
    byte[] file = MonitoringBaselineFormat.INSTANCE.write(baseline);
    return signed.ofRun(run(version)).modelPackage(Map.of(PackageFile.BASELINE, file));
  }

  /** Writes a segment: {@code miles} of row i is {@code shift + i % 5 + 0.5}. */
  private String segment(int number, ModelPackage answeredBy, int rows, float shift)
      throws IOException {
    return segment(number, answeredBy, rows, shift, false);
  }

  private String segment(
      int number, ModelPackage answeredBy, int rows, float shift, boolean fellBack)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      InferenceRecord record =
          new InferenceRecord(
              "r" + i,
              NOW.plusSeconds(i),
              "tips",
              answeredBy.version(),
              answeredBy.rootDigest(),
              1,
              fellBack ? ArmRole.CANDIDATE : ArmRole.STABLE,
              fellBack,
              Map.of(),
              Map.of(),
              Arrays.asList(i % 5 + 0.5f + shift),
              (i % 5) / 5.0 + 0.1,
              Map.of());
      lines
          .append(new String(InferenceRecordFormat.INSTANCE.write(record), StandardCharsets.UTF_8))
          .append('\n');
    }
    String name = String.format("tips/%015d-gateway-1.jsonl", number);
    store().putNamed(Zone.INFERENCE_LOG, name, lines.toString().getBytes(StandardCharsets.UTF_8));
    return name;
  }

  private ArtifactStore store() throws IOException {
    return signed.delivering(Role.MONITORING).store();
  }

  private WindowComparison.Compared compare(String cursor) {
    return assertInstanceOf(WindowComparison.Compared.class, look(cursor));
  }

  private WindowComparison look(String cursor) {
    return stage
        .call(MonitoringActivities.class)
        .compareWindow(new CompareWindowInput("tips", SPECIFICATION, watched, cursor));
  }

  @Test
  void compare_stableTrafficIsQuiet() throws IOException {
    String last = segment(1, watched, 500, 0);

    WindowComparison.Compared comparison = compare("");

    assertEquals(last, comparison.cursor());
    assertEquals(500, comparison.rows());
    assertEquals(List.of(), comparison.alerts());
    assertTrue(raised.isEmpty());
  }

  @Test
  void compare_shiftedFeatureIsNamedWithSizeBinAndRows() throws IOException {
    segment(1, watched, 500, 2);

    DriftAlert alert = compare("").alerts().get(0);

    assertEquals("miles", alert.subject());
    assertEquals(500, alert.rows());
    assertTrue(alert.value() > alert.critical());
    assertTrue(alert.message().startsWith("miles moved: PSI "), alert.message());
    assertTrue(
        alert.message().endsWith("over 500 predictions; share of values above 4 20.0 % → 60.0 %"),
        alert.message());
    assertEquals(1, raised.size());
  }

  @Test
  void compare_belowMinimumRowsWaits() throws IOException {
    segment(1, watched, 150, 2);

    assertEquals(new WindowComparison.TooFewRows(""), look(""));
  }

  @Test
  void compare_rowsOfAnotherPackageDoNotCount() throws IOException {
    ModelPackage other = modelPackage("2", 400);
    segment(1, other, 500, 3);
    segment(2, watched, 150, 0);

    assertEquals(new WindowComparison.TooFewRows(""), look(""));
  }

  /** What a candidate could not answer is no sample of the traffic. */
  @Test
  void compare_answersInPlaceOfACandidateDoNotCount() throws IOException {
    segment(1, watched, 300, 3, true);
    segment(2, watched, 250, 0);

    WindowComparison.Compared comparison = compare("");

    assertEquals(250, comparison.rows());
    assertEquals(List.of(), comparison.alerts());
  }

  @Test
  void compare_continuesAfterTheCursor() throws IOException {
    String first = segment(1, watched, 300, 0);
    segment(2, watched, 250, 0);

    assertEquals(250, compare(first).rows());
  }

  @Test
  void compare_statementBindsTheReport() throws IOException {
    segment(1, watched, 500, 2);

    WindowComparison.Compared comparison = compare("");

    VerifiedStatement statement =
        stage.context().verifyInput(comparison.evidence(), Role.MONITORING, comparison.report());
    assertEquals(MonitoringClaimFormat.PREDICATE, statement.predicateType());
    assertEquals("miles", statement.predicate().path("drifted").get(0).asText());
    assertEquals(watched.rootDigest(), statement.predicate().path("packageRoot").asText());
  }

  @Test
  void compare_secondTimeGivesTheFirstResult() throws IOException {
    segment(1, watched, 500, 2);

    assertEquals(compare(""), compare(""));
    assertEquals(1, raised.size());
  }

  @Test
  void compare_brokenLineIsCountedAndTheRestCompared() throws IOException {
    segment(1, watched, 300, 0);
    store()
        .putNamed(
            Zone.INFERENCE_LOG,
            "tips/000000000000002-gateway-1.jsonl",
            "{\"half\":".getBytes(StandardCharsets.UTF_8));

    WindowComparison.Compared comparison = compare("");

    assertEquals(300, comparison.rows());
    assertEquals(
        1, WindowReportFormat.INSTANCE.read(store().read(comparison.report())).unreadableLines());
  }

  @Test
  void compare_baselineThatWasNotSignedIsCustodyBroken() throws IOException {
    ModelPackage other = modelPackage("2", 400);
    watched =
        new ModelPackage(
            "tips",
            "1",
            watched.rootDigest(),
            other.files(),
            watched.signature(),
            watched.evidence());

    ApplicationFailure cause = stage.failure(() -> look(""));

    assertEquals("CUSTODY_BROKEN", cause.getType());
    assertTrue(
        cause.getOriginalMessage().contains("file 'baseline.json' was changed"),
        cause.getOriginalMessage());
  }

  @Test
  void compare_keepsItsAlertsInEvidence() throws IOException {
    segment(1, watched, 500, 2);

    compare("");

    assertEquals(
        List.of("alerts/tips/" + raised.get(0).id() + ".json"),
        stage.context().store().names(Zone.EVIDENCE, "alerts/tips/").toList());
  }
}
