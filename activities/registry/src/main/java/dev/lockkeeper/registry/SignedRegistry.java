package dev.lockkeeper.registry;

import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.contracts.registry.RegistryActivities;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StageAttempt;
import java.util.List;

/** A registry whose packages are signed (OpenSSF Model Signing) and written once. */
final class SignedRegistry implements RegistryActivities {

  private final Desk desk;

  SignedRegistry(Desk desk) {
    this.desk = desk;
  }

  @Override
  public ModelPackage registerModel(RegisterModelInput input) {
    List<?> inputs =
        List.of(
            input.dataset().evidence().statement().sha256(),
            input.features().evidence().statement().sha256(),
            input.model().evidence().statement().sha256(),
            input.evaluation().evidence().statement().sha256(),
            input.run().specificationDigest());
    return StageAttempt.once(
        desk,
        input.run().runId(),
        inputs,
        ModelPackage.class,
        (attempt, folder) -> new Registration(desk, input, attempt).register());
  }
}
