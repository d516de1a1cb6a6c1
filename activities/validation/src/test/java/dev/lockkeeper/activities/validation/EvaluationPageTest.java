package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.FairnessMetric;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.formats.validation.VersionChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class EvaluationPageTest {

  private static final GeneratedScores SCORES = GeneratedScores.rows(4000, 0.7);
  private static final FairnessGate FAIRNESS =
      new FairnessGate("payment_type", FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, 0.8, 30, true);

  private static final LabelledUnits LABELS = new LabelledUnits(1_000, 3_000, true);

  static EvaluationReport report(String version, boolean compared) {
    return report(
        version, compared, i -> i % 97 == 0 ? "Prcard" : i % 3 == 0 ? "Cash" : "Credit Card");
  }

  private static EvaluationReport report(
      String version, boolean compared, IntFunction<String> group) {
    ScoredRows candidate = new ScoredRows(SCORES.better(), SCORES.labels(), 0.5);
    ScoredRows stable = compared ? new ScoredRows(SCORES.worse(), SCORES.labels(), 0.5) : null;
    PairedBootstrap bootstrap = new PairedBootstrap(300, 0.95, 5);
    List<PairedBootstrap.Estimate> estimates =
        bootstrap.estimate(candidate, stable, RowUnits.eachRow(candidate.rows()));
    List<MetricGate> asked =
        List.of(
            new MetricGate(Metric.AUC, 0.7, null, 0.01),
            new MetricGate(Metric.LOG_LOSS, null, 0.4, 0.02));
    List<GateResult> gates =
        new ArrayList<>(
            new MetricGates(
                    LABELS, 0.95, compared ? new Comparison("1", 4_000, 4_000, LABELS) : null)
                .judge(asked, estimates));
    List<String> groups = new ArrayList<>();
    boolean[] predicted = new boolean[SCORES.labels().length];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = SCORES.better()[i] >= 0.5;
      groups.add(group.apply(i));
    }
    GroupFairness measured =
        GroupFairness.measure(
            FAIRNESS, groups, SCORES.labels(), predicted, RowUnits.eachRow(4_000), bootstrap);
    gates.add(FairnessJudgement.judge(FAIRNESS, measured));
    List<BehaviourResult> behaviour =
        List.of(
            new BehaviourResult(
                "company does not matter",
                "invariance",
                true,
                4000,
                3991,
                0.9977,
                0.99,
                "row 812: 0.412 became 0.498"),
            new BehaviourResult(
                "cash is never tipped",
                "case",
                false,
                1,
                0,
                0.61,
                0.2,
                "answered 0.6100, at most 0.2000 is accepted"));
    ValidationSpecification specification =
        new ValidationSpecification(0.5, 0.95, 300, 5, asked, List.of(), FAIRNESS);
    return ReportAssembly.assemble(
        new RunContext(
            "taxi-tips@" + version,
            "0191-run",
            "default",
            "taxi-tips",
            version,
            "ada",
            "ab".repeat(32)),
        new ReportAssembly.Subjects(
            "tip_above_20",
            "c0".repeat(32),
            "d1".repeat(32),
            "e2".repeat(32),
            compared ? "1" : null,
            compared ? "f3".repeat(32) : null),
        specification,
        List.of("12 rows have no value of the split's key"),
        new ReportAssembly.Origin(
            compared
                ? List.of(
                    new VersionChange("training rows", "8,000", "9,500"),
                    new VersionChange(
                        "period of trip_start_timestamp",
                        "2019-01-01 00:00:00 to 2019-01-28 23:59:59",
                        "2019-02-01 00:00:00 to 2019-02-28 23:59:59"),
                    new VersionChange(
                        "feature fare_for_each_mile",
                        null,
                        "coalesce(fare,0.0)/(coalesce(trip_miles,0.0)+coalesce(trip_seconds,0.0)/3600.0+0.001)"),
                    new VersionChange(
                        "values of trip_miles",
                        "10.0 % above 12.4",
                        "25.1 % above 12.4; stability index 0.21"))
                : List.of(),
            "a year of new data"),
        candidate.outcomes(),
        SCORES.labels(),
        estimates,
        gates,
        behaviour,
        measured,
        Curves.of(SCORES.better(), SCORES.labels()),
        compared ? Curves.of(SCORES.worse(), SCORES.labels()) : null);
  }

  private static String page(EvaluationReport report) {
    return new String(EvaluationPage.render(report), StandardCharsets.UTF_8);
  }

  @Test
  void render_groupForEachRowShowsTheLargestAlone() {
    EvaluationReport report = report("1", false, i -> i < 2 ? "pair" : "row " + i);

    String page = page(report);
    assertEquals(100, page.split("too small\\)", -1).length - 1);
    assertTrue(page.contains(">pair <span"), page);
    assertTrue(page.contains("3,899 smaller groups are not shown."), page);
  }

  @Test
  void render_referencesNothingOutside() throws IOException {
    String page = page(report("2", true));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/evaluation.html"), page);
    Files.writeString(Path.of("target/first.html"), page(report("1", false)));

    assertFalse(page.contains("http:"));
    assertFalse(page.contains("https:"));
    assertFalse(page.contains("<script"));
    assertTrue(page.contains("default-src 'none'"));
  }

  @Test
  void render_userTextIsEscaped() {
    EvaluationReport report = report("2", true);
    String page =
        page(
            new EvaluationReport(
                report.run(),
                report.passed(),
                report.rows(),
                report.positiveRows(),
                "<img src=x>",
                report.modelDigest(),
                report.holdoutDigest(),
                report.programDigest(),
                "\"><b>",
                null,
                report.validation(),
                report.findings(),
                List.of(new VersionChange("<b>rows", null, "</td>")),
                "<i>because",
                report.outcomes(),
                report.metrics(),
                report.gains(),
                report.gates(),
                report.behaviour(),
                report.fairness(),
                report.candidate(),
                report.stable()));

    assertFalse(page.contains("<img"));
    assertTrue(page.contains("&lt;img src=x&gt;"));
    assertTrue(page.contains("&lt;i&gt;because"));
    assertFalse(page.contains("<i>because"));
    assertTrue(page.contains("&quot;&gt;&lt;b&gt;"));
  }

  @Test
  void render_saysWhatChangedAndWhoStartedIt() {
    EvaluationReport report = report("2", true);
    String page = page(report);

    assertTrue(page.contains("What changed since stable 1"), page);
    assertTrue(page.contains("data-column=\"Stable\">8,000</td>"), page);
    assertTrue(
        page.contains(
            "Started by <strong>"
                + report.run().startedBy()
                + "</strong>, a name that nothing proves: a year of new data"),
        page);
    assertFalse(page(report("1", false)).contains("What changed since"));
  }

  @Test
  void render_firstReleaseSaysSo() {
    String page = page(report("1", false));

    assertTrue(page.contains("A first release"));
    assertFalse(page.contains("Metrics against stable"));
  }

  @Test
  void render_headlineSaysHowManyMetricsAreWorse() {
    EvaluationReport report = report("2", true);
    List<EvaluationReport.Gain> losses =
        report.gains().stream()
            .map(
                gain ->
                    new EvaluationReport.Gain(
                        gain.metric(), gain.metric().equals("recall") ? 0.01 : -0.02, -0.03, 0.02))
            .toList();
    String page = page(with(report, losses, report.gates()));

    assertTrue(
        page.contains("<strong>6 of 7 metrics are worse than stable</strong>, 0 of them"), page);
  }

  @Test
  void render_withoutAnyGateSaysThatNothingCouldRefuse() {
    EvaluationReport report = report("2", true);

    String page = page(with(report, report.gains(), List.of()));

    assertTrue(page.contains("The pipeline has no gate, so nothing could refuse it."));
  }

  /** On a narrow screen a row is a list, and each cell says its column. */
  @Test
  void render_cellsSayTheirColumn() {
    String page = page(report("2", true));

    assertTrue(page.contains("data-column=\"True positive rate\""));
    assertFalse(page.contains("<td>"), "a cell without its column");
    assertTrue(page.contains("Decisions at 0.5000"));
    assertTrue(page.contains("Precision-recall curve"));
    assertTrue(page.contains("12 rows have no value of the split&#39;s key"));
  }

  private static EvaluationReport with(
      EvaluationReport report, List<EvaluationReport.Gain> gains, List<GateResult> gates) {
    return new EvaluationReport(
        report.run(),
        report.passed(),
        report.rows(),
        report.positiveRows(),
        report.labelName(),
        report.modelDigest(),
        report.holdoutDigest(),
        report.programDigest(),
        report.stableVersion(),
        report.stableModelDigest(),
        report.validation(),
        report.findings(),
        report.changes(),
        report.reason(),
        report.outcomes(),
        report.metrics(),
        gains,
        gates,
        report.behaviour(),
        report.fairness(),
        report.candidate(),
        report.stable());
  }

  @Test
  void report_metricsKeepTheirBaseline() {
    MetricValue auc = report("2", true).metrics().get(0);

    assertTrue(auc.baseline() != null && auc.baseline() < auc.value());
  }
}
