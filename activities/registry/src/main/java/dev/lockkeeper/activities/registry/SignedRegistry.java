package dev.lockkeeper.activities.registry;

import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.contracts.registry.RegistryActivities;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.formats.pipeline.SpecificationDigest;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ModelPackageFormat;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import java.util.List;

/** A registry whose packages are signed (OpenSSF Model Signing) and written once. */
final class SignedRegistry implements RegistryActivities {

  private final StageContext context;

  SignedRegistry(StageContext context) {
    this.context = context;
  }

  @Override
  public ModelPackage registerModel(RegisterModelInput input) {
    requireDigest(input);
    List<?> inputs =
        List.of(
            input.dataset().evidence().statement().sha256(),
            input.features().evidence().statement().sha256(),
            input.model().evidence().statement().sha256(),
            input.evaluation().evidence().statement().sha256(),
            input.run().specificationDigest());
    return StageAttempt.runOnce(
        context,
        input.run().runId(),
        inputs,
        ModelPackageFormat.INSTANCE,
        (attempt, folder) -> new Registration(context, input, attempt).register());
  }

  /** The statements of the run name the specification by its digest, which its client computed. */
  private static void requireDigest(RegisterModelInput input) {
    String named = input.run().specificationDigest();
    String own = SpecificationDigest.of(input.specification());
    if (!own.equals(named)) {
      throw StageFailure.of(
          FailureType.CUSTODY_BROKEN,
          "the specification's digest is "
              + own
              + ", but the run's statements name "
              + named
              + ": start the run again with a client that computes it as the registry does");
    }
  }
}
