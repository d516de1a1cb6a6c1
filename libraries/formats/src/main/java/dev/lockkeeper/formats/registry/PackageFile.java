package dev.lockkeeper.formats.registry;

import dev.lockkeeper.formats.artifact.ArtifactRef;

/**
 * A file of a package.
 *
 * @param name its flat name inside the package, one of the names below
 * @param artifact its bytes (models zone)
 */
public record PackageFile(String name, ArtifactRef artifact) {

  /** The model, in ONNX. */
  public static final String MODEL = "model.onnx";

  /** The feature program. */
  public static final String FEATURE_PROGRAM = "features.json";

  /** The {@link ServingContract}. */
  public static final String SERVING_CONTRACT = "serving-contract.json";

  /** The canary's plan, a {@link dev.lockkeeper.formats.deployment.DeploymentPlanFormat}. */
  public static final String DEPLOYMENT_PLAN = "deployment-plan.json";

  /** How the version came to be. */
  public static final String RECORD = "record.json";

  /** The histograms that monitoring compares with. */
  public static final String BASELINE = "baseline.json";

  /** What validation measured and decided. */
  public static final String EVALUATION = "evaluation.json";

  /** Ingestion's signed statement. */
  public static final String DATASET_STATEMENT = "dataset.dsse.json";

  /** The features stage's signed statement. */
  public static final String FEATURES_STATEMENT = "features.dsse.json";

  /** Training's signed statement. */
  public static final String TRAINING_STATEMENT = "training.dsse.json";

  /** Validation's signed statement. */
  public static final String GATE_STATEMENT = "gate.dsse.json";
}
