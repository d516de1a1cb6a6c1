package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.BehaviourCheck;
import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.FairnessMetric;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.formats.validation.VersionChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationReportFormatTest {

  private static final Curves CURVES =
      new Curves(
          List.of(new Curves.RocPoint(0, 0), new Curves.RocPoint(1, 1)),
          List.of(),
          List.of(new Curves.CalibrationBin(0.5, 0.4, 0.3, 0.6, 10)),
          List.of(3, 2),
          List.of(1, 4));

  private static final EvaluationReport REPORT =
      new EvaluationReport(
          new RunContext("tips@2", "run-1", "default", "tips", "2", "ada", "5".repeat(64)),
          true,
          10,
          5,
          "tipped",
          "1".repeat(64),
          "2".repeat(64),
          "3".repeat(64),
          "1",
          "4".repeat(64),
          new ValidationSpecification(
              0.5,
              0.95,
              200,
              7,
              List.of(new MetricGate(Metric.AUC, 0.6, 1.0, 0.01)),
              List.of(
                  new BehaviourCheck.Invariance("same", Map.of("company", "x"), 0.01, 0.99),
                  new BehaviourCheck.Direction("more", "fare", 1.5, true, 0.9),
                  new BehaviourCheck.KnownCase("known", Map.of("fare", "3"), 0.1, 0.9)),
              new FairnessGate("company", FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, 0.8, 30, true)),
          List.of(),
          List.of(),
          "",
          null,
          List.of(new MetricValue("auc", 0.9, 0.8, 0.95, 0.85)),
          List.of(new EvaluationReport.Gain("auc", 0.05, 0.01, 0.09)),
          List.of(
              new GateResult(
                  "auc minimum", GateOutcome.PASSED, false, 0.9, 0.8, 0.95, 0.6, "above 0.6")),
          List.of(new BehaviourResult("same", "invariance", true, 10, 10, 1, 0.99, "")),
          new EvaluationReport.FairnessFinding(
              "company",
              "demographic-parity-ratio",
              List.of(new EvaluationReport.Group("x", 6, 0.5, 0.75, 0.25)),
              List.of(new EvaluationReport.Group("y", 4, 0.5, null, null)),
              1),
          CURVES,
          CURVES);

  @Test
  void writer_givesTheGoldenBytes() throws IOException {
    byte[] written = EvaluationReportFormat.INSTANCE.write(REPORT);
    assertEquals(golden(), new String(written, StandardCharsets.UTF_8));
  }

  @Test
  void goldenFile_reads() throws IOException {
    assertEquals(
        REPORT, EvaluationReportFormat.INSTANCE.read(golden().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void unknownField_isIgnored() throws IOException {
    ObjectNode later = (ObjectNode) Json.mapper().readTree(golden());
    later.put("addedLater", 1);
    assertEquals(REPORT, EvaluationReportFormat.INSTANCE.read(Json.canonicalBytes(later)));
  }

  @Test
  void firstRelease_hasNoStableModel() throws IOException {
    ObjectNode first = (ObjectNode) Json.mapper().readTree(golden());
    first.remove(List.of("stableVersion", "stableModelDigest", "stable", "fairness"));
    EvaluationReport read = EvaluationReportFormat.INSTANCE.read(Json.canonicalBytes(first));
    assertNull(read.stable());
    assertNull(read.fairness());
  }

  @Test
  void whatWasAddedLater_isReadBack() {
    Curves curves =
        new Curves(
            CURVES.roc(),
            List.of(new Curves.PrecisionPoint(0.5, 1), new Curves.PrecisionPoint(1, 0.4)),
            CURVES.calibration(),
            CURVES.negatives(),
            CURVES.positives());
    EvaluationReport report =
        new EvaluationReport(
            REPORT.run(),
            REPORT.passed(),
            REPORT.rows(),
            REPORT.positiveRows(),
            REPORT.labelName(),
            REPORT.modelDigest(),
            REPORT.holdoutDigest(),
            REPORT.programDigest(),
            REPORT.stableVersion(),
            REPORT.stableModelDigest(),
            REPORT.validation(),
            List.of("3 of 10 hold-out rows repeat another one"),
            List.of(
                new VersionChange("training rows", "8,000", "9,500"),
                new VersionChange("feature miles", null, "coalesce(miles, 0.0)")),
            "a year of new data",
            new ConfusionMatrix(3, 1, 2, 4),
            REPORT.metrics(),
            REPORT.gains(),
            REPORT.gates(),
            REPORT.behaviour(),
            REPORT.fairness(),
            curves,
            null);
    assertEquals(
        report,
        EvaluationReportFormat.INSTANCE.read(EvaluationReportFormat.INSTANCE.write(report)));
  }

  private static String golden() throws IOException {
    String name = "/golden/evaluation-report-v1.json";
    try (InputStream in = EvaluationReportFormatTest.class.getResourceAsStream(name)) {
      assertNotNull(in, name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
