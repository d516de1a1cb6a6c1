package dev.lockkeeper.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.ClosedReview;
import dev.lockkeeper.formats.approval.ClosedReviewFormat;
import dev.lockkeeper.formats.approval.DecisionAttempt;
import dev.lockkeeper.formats.approval.DecisionAttemptFormat;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.ReviewFormat;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.ArmRole;
import dev.lockkeeper.formats.deployment.CanaryCountsFormat;
import dev.lockkeeper.formats.deployment.CanaryVerdictFormat;
import dev.lockkeeper.formats.deployment.DeploymentPlanFormat;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingManifestFormat;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.AppliedSplitFormat;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.features.FeatureTableFormat;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.features.ProgramDocument;
import dev.lockkeeper.formats.features.ProgramDocumentFormat;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.features.TimeSplit;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.ContractReport;
import dev.lockkeeper.formats.ingestion.ContractReportFormat;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.ingestion.DatasetFormat;
import dev.lockkeeper.formats.ingestion.ValueLimits;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.monitoring.MonitoringBaselineFormat;
import dev.lockkeeper.formats.monitoring.MonitoringClaim;
import dev.lockkeeper.formats.monitoring.MonitoringClaimFormat;
import dev.lockkeeper.formats.monitoring.RaisedAlerts;
import dev.lockkeeper.formats.monitoring.RaisedAlertsFormat;
import dev.lockkeeper.formats.monitoring.WindowComparison;
import dev.lockkeeper.formats.monitoring.WindowComparisonFormat;
import dev.lockkeeper.formats.monitoring.WindowReport;
import dev.lockkeeper.formats.monitoring.WindowReportFormat;
import dev.lockkeeper.formats.registry.CodeVersion;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ModelPackageFormat;
import dev.lockkeeper.formats.registry.ModelRecord;
import dev.lockkeeper.formats.registry.ModelRecordFormat;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.formats.registry.ServingContractFormat;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.training.TrainedModelFormat;
import dev.lockkeeper.formats.training.TrainingRecord;
import dev.lockkeeper.formats.training.TrainingRecordFormat;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.EvaluationFormat;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.VersionChange;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One value of each format, with every optional field. */
final class FormatExamples {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Evidence EVIDENCE = new Evidence(ref(Zone.EVIDENCE, "e"), 2, 1_500);
  private static final DecisionTerms TERMS =
      new DecisionTerms(
          "promote",
          "default",
          "tips@1",
          "run-1",
          "tips",
          "1",
          "taxi",
          "1".repeat(64),
          "2".repeat(64),
          "3".repeat(64),
          "4".repeat(32),
          NOW,
          NOW.plusSeconds(3_600));
  private static final SignedDecision SIGNED =
      new SignedDecision("{}", "-----BEGIN SSH SIGNATURE-----", "00-1-2-01");
  private static final AcceptedDecision ACCEPTED =
      new AcceptedDecision("bo", "SHA256:abc", DecisionKind.APPROVE, "looked at it", SIGNED);
  private static final DriftAlert ALERT =
      new DriftAlert("fare", "psi", 0.5, 0.03, 0.25, 400, "fare moved");
  private static final RunContext RUN =
      new RunContext("tips@1", "run-1", "default", "tips", "1", "ada", "5".repeat(64));
  private static final GateResult GATE =
      new GateResult("auc minimum", GateOutcome.PASSED, false, 0.9, 0.85, 0.95, 0.7, "0.9 >= 0.7");
  private static final ContractBreach BREACH =
      new ContractBreach("fare", "minimum", "at least 0", 1, 100, List.of("line 7: '-1'"));
  private static final ModelPackage PACKAGE =
      new ModelPackage(
          "tips",
          "1",
          "1".repeat(64),
          List.of(
              new PackageFile(PackageFile.TRAINING_STATEMENT, ref(Zone.MODELS, "a")),
              new PackageFile(PackageFile.MODEL, ref(Zone.MODELS, "b"))),
          ref(Zone.MODELS, "c"),
          EVIDENCE);

  private final Map<Format<?>, Object> values = new HashMap<>();

  private FormatExamples() {
    approval();
    release();
    results();
    records();
    put(
        InferenceRecordFormat.INSTANCE,
        new InferenceRecord(
            "r-1",
            NOW,
            "taxi",
            "1",
            "1".repeat(64),
            3,
            ArmRole.CANDIDATE,
            true,
            Map.of("driver", "d-7"),
            Map.of(
                "fare",
                new DoubleNode(10.5),
                "company",
                new TextNode("x"),
                "tip",
                NullNode.instance),
            Arrays.asList(1.5f, null),
            0.25,
            Map.of("example.com/tenant", new TextNode("t"))));
    watching();
    put(
        MonitoringBaselineFormat.INSTANCE,
        new MonitoringBaseline(
            4,
            List.of(
                new MonitoringBaseline.Histogram(
                    "fare", List.of(1.0, 2.5), List.of(1L, 2L, 0L), 1))));
    put(
        ProgramDocumentFormat.INSTANCE,
        new ProgramDocument(
            "lockkeeper-features/1",
            new FeatureSetSpecification(
                "1",
                "fare > 0.0",
                List.of(new FeatureSpecification("log_fare", "log1p(fare)")),
                new LabelSpecification("tipped", "tips > 0.0")),
            List.of(
                new ProgramDocument.Column("fare", ColumnType.NUMBER),
                new ProgramDocument.Column("tips", ColumnType.NUMBER))));
  }

  static Map<Format<?>, Object> all() {
    return Map.copyOf(new FormatExamples().values);
  }

  private void watching() {
    WindowReport report =
        new WindowReport(
            "taxi",
            "tips",
            "1",
            "1".repeat(64),
            "2".repeat(64),
            1_000,
            "",
            "taxi/000000000000001-g-1.jsonl",
            NOW,
            NOW.plusSeconds(60),
            400,
            1,
            1,
            List.of(
                new WindowReport.Subject(
                    "fare", 0.5, 0.03, 0.001, 0.002, 2, List.of(1L, 2L), List.of(3L, 4L))),
            List.of(ALERT));
    put(WindowReportFormat.INSTANCE, report);
    put(MonitoringClaimFormat.INSTANCE, MonitoringClaim.of(report));
    put(
        RaisedAlertsFormat.INSTANCE,
        new RaisedAlerts("c-1", "taxi", "tips", "1", NOW, NOW.plusSeconds(60), List.of(ALERT)));
  }

  private void approval() {
    put(
        DecisionDocumentFormat.INSTANCE,
        new DecisionDocument(TERMS, DecisionKind.REJECT, "bo", "too slow"));
    put(
        ClosedReviewFormat.INSTANCE,
        new ClosedReview(ApprovalOutcome.APPROVED, TERMS, 1, List.of(ACCEPTED)));
    put(ReviewFormat.INSTANCE, new Review(TERMS, 1, List.of("bo", "cy"), ref(Zone.EVIDENCE, "d")));
  }

  private void release() {
    put(ModelPackageFormat.INSTANCE, PACKAGE);
    put(ServingManifestFormat.INSTANCE, DeploymentExamples.manifest(PACKAGE));
    put(
        ServingContractFormat.INSTANCE,
        new ServingContract(
            "tips",
            "1",
            List.of(
                new ColumnContract(
                    "fare",
                    ColumnType.NUMBER,
                    true,
                    false,
                    0.0,
                    500.0,
                    List.of(),
                    "[0-9.]+",
                    new ValueLimits(-1.0, 1_000.0, 0.5, 1, 9, "ISO"))),
            "5".repeat(64),
            "1",
            List.of("log_fare"),
            "6".repeat(64),
            0.5,
            "tipped"));
  }

  static ServingManifest manifestWithALease() {
    return DeploymentExamples.manifestWithALease(PACKAGE);
  }

  /** A result as it is where a version serves already. */
  static Evaluation evaluationWithChanges() {
    Evaluation first = (Evaluation) all().get(EvaluationFormat.INSTANCE);
    return new Evaluation(
        first.passed(),
        first.gates(),
        first.metrics(),
        List.of("hold-out: 2 % of its rows are copies"),
        List.of(new VersionChange("rows", "100", "120")),
        first.report(),
        first.page(),
        first.baseline(),
        first.evidence());
  }

  /** The other kind of result that ingestion has. */
  static Dataset refusedDataset() {
    return new Dataset.Refused(
        ref(Zone.RAW, "1"), 100, List.of(BREACH), ref(Zone.EVIDENCE, "3"), EVIDENCE);
  }

  private void results() {
    put(
        DatasetFormat.INSTANCE,
        new Dataset.Accepted(
            ref(Zone.RAW, "1"), ref(Zone.PROCESSED, "2"), 100, ref(Zone.EVIDENCE, "3"), EVIDENCE));
    put(
        AppliedSplitFormat.INSTANCE,
        new AppliedSplit(
            new SplitSpecification(
                0.2, "taxi", 7, new TimeSplit("pickup", Instant.parse("2019-02-07T00:40:00Z"))),
            List.of("taxi", "pickup"),
            1549500000.5,
            3,
            2,
            1,
            List.of("taxi")));
    put(
        FeatureTableFormat.INSTANCE,
        new FeatureTable(
            ref(Zone.FEATURES, "4"),
            List.of("log_fare"),
            "tipped",
            ref(Zone.FEATURES, "5"),
            ref(Zone.FEATURES, "6"),
            70,
            28,
            2,
            EVIDENCE));
    put(
        TrainedModelFormat.INSTANCE,
        new TrainedModel(
            ref(Zone.CANDIDATES, "7"), ref(Zone.CANDIDATES, "8"), "xgboost", "process", EVIDENCE));
    put(
        EvaluationFormat.INSTANCE,
        new Evaluation(
            true,
            List.of(GATE),
            List.of(new MetricValue("auc", 0.9, 0.85, 0.95, 0.88)),
            ref(Zone.EVIDENCE, "9"),
            ref(Zone.REPORTS, "a"),
            ref(Zone.EVIDENCE, "b"),
            EVIDENCE));
    put(
        WindowComparisonFormat.INSTANCE,
        new WindowComparison.Compared(
            "taxi/000000000000001-g-1.jsonl",
            400,
            List.of(ALERT),
            ref(Zone.REPORTS, "c"),
            EVIDENCE));
  }

  private void records() {
    TrainingRecord training =
        new TrainingRecord(
            "xgboost",
            7,
            Map.of("depth", "3"),
            70,
            "process",
            "9".repeat(64),
            Map.of("java", "17.0.1"),
            List.of(new TrainingRecord.Phase("fit", 1_000, 2_500)));
    put(TrainingRecordFormat.INSTANCE, training);
    put(
        ModelRecordFormat.INSTANCE,
        new ModelRecord(
            RUN,
            "tips of taxi trips",
            new CodeVersion("0.1.0", "abc", "17.0.1", "Linux 6 amd64"),
            "trips 1.0.0",
            Map.of("raw", "1".repeat(64)),
            Map.of("read", 100L),
            "xgboost",
            7,
            Map.of("depth", "3"),
            Json.read(TrainingRecordFormat.INSTANCE.write(training), JsonNode.class),
            new ModelRecord.Onnx(8, Map.of("ai.onnx", 17L), Map.of("Sigmoid", 1L)),
            List.of(new MetricValue("auc", 0.9, 0.85, 0.95, 0.88)),
            List.of(GATE)));
    put(
        ContractReportFormat.INSTANCE,
        new ContractReport(
            "tips@1",
            "/data/trips.csv",
            "1".repeat(64),
            "trips",
            "1.0.0",
            "2".repeat(64),
            100,
            List.of(BREACH)));
    put(
        DecisionAttemptFormat.INSTANCE,
        new DecisionAttempt(NOW, "tips@1", SIGNED, ACCEPTED, "counts: 1 of 1 approvals"));
    put(CanaryCountsFormat.INSTANCE, DeploymentExamples.COUNTS);
    put(CanaryVerdictFormat.INSTANCE, DeploymentExamples.VERDICT);
    put(DeploymentPlanFormat.INSTANCE, DeploymentExamples.PLAN);
  }

  private <T> void put(Format<T> format, T value) {
    values.put(format, value);
  }

  private static ArtifactRef ref(Zone zone, String digit) {
    return new ArtifactRef(zone, digit.repeat(64), 12, "application/json");
  }
}
