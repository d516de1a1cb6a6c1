package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.contracts.validation.ValidationActivities;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.monitoring.MonitoringBaselineFormat;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.validation.BehaviourCheck;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.FairnessMetric;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.formats.validation.VersionChange;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.testing.StageUnderTest;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldoutValidationTest {

  private static final byte[] GOOD =
      OnnxFile.logisticWithBias(ValidationFixture.TRUE_BIAS, ValidationFixture.TRUE_WEIGHTS);
  private static final byte[] BACKWARDS = OnnxFile.logisticWithBias(2.2f, -0.4f, -2f);

  @TempDir Path folder;
  private ValidationFixture fixture;
  private StageUnderTest worker;
  private StageContext context;
  private ValidationActivities stage;

  @BeforeEach
  void start() throws Exception {
    fixture = new ValidationFixture(folder);
    worker =
        new StageUnderTest(
            fixture.signed(),
            new ValidationDefinition(),
            opened -> new HoldoutValidation(opened, DataEngines.named("duckdb")));
    context = worker.context();
    stage = worker.call(ValidationActivities.class);
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  private static ValidationSpecification asks(
      List<BehaviourCheck> behaviour, @Nullable FairnessGate fairness) {
    return new ValidationSpecification(
        0.5,
        0.95,
        200,
        1,
        List.of(new MetricGate(Metric.AUC, 0.7, null, 0.01)),
        behaviour,
        fairness);
  }

  private static ValidationSpecification auc() {
    return asks(List.of(), null);
  }

  private ApplicationFailure failure(ValidateModelInput input) {
    ActivityFailure failure = assertThrows(ActivityFailure.class, () -> stage.validateModel(input));
    return (ApplicationFailure) failure.getCause();
  }

  private static GateResult gate(Evaluation evaluation, String name) {
    return evaluation.gates().stream()
        .filter(gate -> gate.gate().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void validate_goodFirstReleasePassesWithAllMetrics() throws Exception {
    Evaluation evaluation = stage.validateModel(fixture.input(GOOD, auc(), null));

    assertTrue(evaluation.passed(), () -> evaluation.gates().toString());
    assertEquals(
        List.of("auc", "log-loss", "brier", "accuracy", "precision", "recall", "f1"),
        evaluation.metrics().stream().map(MetricValue::name).toList());
    assertEquals(1, evaluation.gates().size());
  }

  @Test
  void validate_statementBindsModelReportBaselineAndInputs() throws Exception {
    ValidateModelInput input = fixture.input(GOOD, auc(), null);

    Evaluation evaluation = stage.validateModel(input);

    VerifiedStatement statement =
        context.verifyInput(
            evaluation.evidence(),
            Role.VALIDATION,
            input.model().model(),
            evaluation.report(),
            evaluation.baseline());
    statement.requireMaterial(input.features().holdout().sha256(), "hold-out");
    statement.requireMaterial(input.features().program().sha256(), "program");
    assertEquals("PASSED", statement.predicate().path("result").asText());
  }

  @Test
  void validate_refusedModelIsAResult() throws Exception {
    Evaluation evaluation = stage.validateModel(fixture.input(BACKWARDS, auc(), null));

    assertFalse(evaluation.passed());
    VerifiedStatement statement = context.verifyInput(evaluation.evidence(), Role.VALIDATION);
    assertEquals("FAILED", statement.predicate().path("result").asText());
    assertEquals("auc minimum", statement.predicate().path("failedTests").get(0).asText());
  }

  @Test
  void validate_againstBetterStableModelIsRefused() throws Exception {
    byte[] blunt = OnnxFile.logisticWithBias(-1f, 0.4f, 0.3f);

    Evaluation evaluation =
        stage.validateModel(
            fixture.input(blunt, auc(), fixture.stable(GOOD, ValidationFixture.program("miles"))));

    GateResult against = gate(evaluation, "auc against stable");
    assertEquals(GateOutcome.REFUSED, against.outcome());
    assertNotNull(evaluation.metrics().get(0).baseline());
  }

  /** Another seed of the split: the stable model may have been trained on four rows in five. */
  @Test
  void validate_stableOfAnotherSplitIsComparedOnRowsThatBothHeldOut() throws Exception {
    byte[] blunt = OnnxFile.logisticWithBias(-1f, 0.4f, 0.3f);

    Evaluation evaluation = stage.validateModel(fixture.compared(GOOD, blunt, auc(), 1, 2));

    GateResult against = gate(evaluation, "auc against stable");
    assertTrue(
        against
            .message()
            .matches(".* on the [34]\\d\\d of 2,000 hold-out rows that both held out: .*"),
        against.message());
    assertTrue(
        evaluation.findings().stream()
            .anyMatch(finding -> finding.startsWith("stable 1 may have been trained on 1,")),
        evaluation.findings().toString());
    assertEquals(
        List.of(new VersionChange("split", "20.0 % held out, seed 2", "20.0 % held out, seed 1")),
        evaluation.changes());
  }

  @Test
  void validate_stableOfTheSameSplitIsComparedOnAllRows() throws Exception {
    byte[] blunt = OnnxFile.logisticWithBias(-1f, 0.4f, 0.3f);

    Evaluation evaluation = stage.validateModel(fixture.compared(GOOD, blunt, auc(), 1, 1));

    GateResult against = gate(evaluation, "auc against stable");
    assertEquals(GateOutcome.PASSED, against.outcome());
    assertTrue(against.message().contains(" on the same rows: "), against.message());
  }

  @Test
  void validate_secondTimeGivesTheFirstResult() throws Exception {
    ValidateModelInput input = fixture.input(GOOD, auc(), null);

    assertEquals(stage.validateModel(input), stage.validateModel(input));
  }

  @Test
  void validate_baselineHasFeaturesAndPrediction() throws Exception {
    Evaluation evaluation = stage.validateModel(fixture.input(GOOD, auc(), null));

    MonitoringBaseline baseline =
        MonitoringBaselineFormat.INSTANCE.read(context.store().read(evaluation.baseline()));
    assertEquals(
        List.of("miles", "card", "prediction"),
        baseline.histograms().stream().map(MonitoringBaseline.Histogram::name).toList());
    assertEquals(2000, baseline.rows());
  }

  @Test
  void validate_behaviourChecksAreGates() throws Exception {
    Evaluation evaluation =
        stage.validateModel(
            fixture.input(
                GOOD,
                asks(
                    List.of(
                        new BehaviourCheck.Invariance("tip is not seen", Map.of("tip", "9"), 0, 1),
                        new BehaviourCheck.Invariance(
                            "payment", Map.of("payment", "cash"), 0.01, 0.9),
                        new BehaviourCheck.Direction("longer", "miles", 1, true, 0.97),
                        new BehaviourCheck.KnownCase(
                            "long card", Map.of("miles", "9.5", "payment", "card"), 0.9, null),
                        new BehaviourCheck.KnownCase(
                            "long cash", Map.of("miles", "9.5", "payment", "cash"), null, 0.5)),
                    null),
                null));

    assertEquals(GateOutcome.PASSED, gate(evaluation, "behaviour: tip is not seen").outcome());
    assertEquals(GateOutcome.REFUSED, gate(evaluation, "behaviour: payment").outcome());
    assertEquals(GateOutcome.PASSED, gate(evaluation, "behaviour: longer").outcome());
    assertEquals(GateOutcome.PASSED, gate(evaluation, "behaviour: long card").outcome());
    assertEquals(GateOutcome.REFUSED, gate(evaluation, "behaviour: long cash").outcome());
    assertFalse(evaluation.passed());
  }

  @Test
  void validate_fairnessByPaymentIsRefused() throws Exception {
    FairnessGate fairness =
        new FairnessGate("payment", FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, 0.8, 100, true);

    Evaluation evaluation =
        stage.validateModel(fixture.input(GOOD, asks(List.of(), fairness), null));

    assertEquals(GateOutcome.REFUSED, gate(evaluation, "fairness: payment").outcome());
  }

  @Test
  void validate_checkOnUnknownColumnNamesTheColumns() throws Exception {
    ApplicationFailure failure =
        failure(
            fixture.input(
                GOOD,
                asks(List.of(new BehaviourCheck.Direction("d", "distance", 1, true, 1)), null),
                null));

    assertEquals("SPECIFICATION_INVALID", failure.getType());
    assertTrue(
        failure.getOriginalMessage().contains("'distance', which the data do not have"),
        failure.getOriginalMessage());
  }

  @Test
  void validate_stableNeedsAColumnThatIsGone() throws Exception {
    ApplicationFailure failure =
        failure(
            fixture.input(
                GOOD, auc(), fixture.stable(GOOD, ValidationFixture.program("kilometres"))));

    assertEquals("SPECIFICATION_INVALID", failure.getType());
    assertTrue(
        failure
            .getOriginalMessage()
            .startsWith("the stable version 1 reads column 'kilometres', which the hold-out"),
        failure.getOriginalMessage());
  }

  @Test
  void validate_stablePackageWithAnotherModelIsCustodyBroken() throws Exception {
    ModelPackage signed = fixture.stable(GOOD, ValidationFixture.program("miles"));
    ModelPackage other = fixture.stable(BACKWARDS, ValidationFixture.program("miles"));
    ModelPackage mixed =
        new ModelPackage(
            "tips", "1", signed.rootDigest(), other.files(), signed.signature(), signed.evidence());

    ApplicationFailure failure = failure(fixture.input(GOOD, auc(), mixed));

    assertEquals("CUSTODY_BROKEN", failure.getType());
    assertTrue(
        failure.getOriginalMessage().contains("file 'model.onnx' was changed"),
        failure.getOriginalMessage());
  }

  @Test
  void validate_anotherModelThanTheStatementsIsCustodyBroken() throws Exception {
    ValidateModelInput input = fixture.input(GOOD, auc(), null);
    ArtifactRef foreign = fixture.signed().put(Zone.CANDIDATES, BACKWARDS);
    ValidateModelInput swapped =
        new ValidateModelInput(
            input.run(),
            input.features(),
            new dev.lockkeeper.formats.training.TrainedModel(
                foreign, input.model().record(), "by-hand", "process", input.model().evidence()),
            input.validation(),
            null);

    ApplicationFailure failure = failure(swapped);

    assertEquals("CUSTODY_BROKEN", failure.getType());
    assertTrue(failure.isNonRetryable());
    assertTrue(failure.getOriginalMessage().contains("is not about"), failure.getOriginalMessage());
  }

  @Test
  void validate_fileThatIsNoModelIsRefused() throws Exception {
    FeatureTable features = fixture.features();
    ValidateModelInput input =
        new ValidateModelInput(
            ValidationFixture.RUN,
            features,
            fixture.model(features, new byte[] {9, 9, 9}),
            auc(),
            null);

    assertEquals("MODEL_REFUSED", failure(input).getType());
  }
}
