package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.contracts.validation.ValidationActivities;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.EvaluationFormat;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import java.util.List;

/** A validation of our own: it refuses every model that was trained on too few rows. */
final class SizeGate implements ValidationActivities {

  private static final String GATE = "rows minimum";
  private static final long MINIMUM = 1_000_000;

  private final StageContext context;

  SizeGate(StageContext context) {
    this.context = context;
  }

  @Override
  public Evaluation validateModel(ValidateModelInput input) {
    List<?> inputs = List.of(input.features().training().sha256(), input.model().model().sha256());
    return StageAttempt.runOnce(
        context,
        input.run().runId(),
        inputs,
        EvaluationFormat.INSTANCE,
        (attempt, folder) -> evaluate(input, attempt));
  }

  private Evaluation evaluate(ValidateModelInput input, StageAttempt attempt) {
    context.verifyInput(input.features().evidence(), Role.FEATURES, input.features().training());
    context.verifyInput(input.model().evidence(), Role.TRAINING, input.model().model());

    long rows = input.features().trainingRows();
    boolean passed = rows >= MINIMUM;
    GateOutcome outcome = passed ? GateOutcome.PASSED : GateOutcome.REFUSED;
    String message = "trained on " + rows + " rows, at least " + MINIMUM + " are needed";
    ArtifactRef report =
        context.store().put(Zone.EVIDENCE, message.getBytes(UTF_8), "text/plain; charset=utf-8");
    ArtifactRef page =
        context.store().put(Zone.REPORTS, message.getBytes(UTF_8), "text/plain; charset=utf-8");
    byte[] statement =
        context
            .signer()
            .testResult(
                input.run(),
                passed,
                List.of(
                    new Subject("model.onnx", input.model().model().sha256()),
                    new Subject("report.txt", report.sha256())),
                List.of(),
                passed ? List.of(GATE) : List.of(),
                passed ? List.of() : List.of(GATE));
    return new Evaluation(
        passed,
        List.of(new GateResult(GATE, outcome, !passed, rows, null, null, MINIMUM, message)),
        List.of(),
        report,
        page,
        report,
        attempt.evidence(statement));
  }
}
