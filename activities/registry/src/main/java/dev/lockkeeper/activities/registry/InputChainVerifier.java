package dev.lockkeeper.activities.registry;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;

/** The statements of the stages before, each verified and each about what the one before made. */
record InputChainVerifier(StageContext context, RegisterModelInput input) {

  /**
   * Verifies every statement and every link.
   *
   * @throws CustodyException with the failing check
   */
  void require() {
    ArtifactRef processed = input.dataset().processed();
    context
        .verifyInput(input.dataset().evidence(), Role.INGESTION, processed)
        .requireRun(input.run().runId());
    requireFeatures(processed);
    requireTraining();
    requireGate();
  }

  private void requireFeatures(ArtifactRef processed) {
    var tables = input.features();
    VerifiedStatement features =
        context.verifyInput(
            tables.evidence(),
            Role.FEATURES,
            tables.program(),
            tables.training(),
            tables.holdout());
    features.requireRun(input.run().runId());
    features.requireMaterial(processed.sha256(), "data set");
  }

  private void requireTraining() {
    var model = input.model();
    VerifiedStatement training =
        context.verifyInput(model.evidence(), Role.TRAINING, model.model(), model.record());
    training.requireRun(input.run().runId());
    training.requireMaterial(input.features().training().sha256(), "training table");
    training.requireMaterial(input.features().program().sha256(), "feature program");
  }

  private void requireGate() {
    var evaluation = input.evaluation();
    VerifiedStatement gate =
        context.verifyInput(
            evaluation.evidence(),
            Role.VALIDATION,
            input.model().model(),
            evaluation.report(),
            evaluation.baseline());
    gate.requireRun(input.run().runId());
    gate.requireMaterial(input.features().holdout().sha256(), "hold-out");
    gate.requireMaterial(input.features().program().sha256(), "feature program");
    if (!gate.passed()) {
      throw new CustodyException(
          "the gate statement says '"
              + gate.result()
              + "': only a model that passed is registered");
    }
  }
}
