package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.models.InspectedModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A package whose chain was verified, with the very bytes that were. Only {@link ReleaseVerifier}
 * makes one.
 */
public final class VerifiedPackage {

  private final ModelPackage modelPackage;
  private final ServingContract contract;
  private final @Nullable DeploymentSpecification deploymentPlan;
  private final String startedBy;
  private final InspectedModel model;
  private final byte[] featureProgram;
  private final String gateStatement;
  private final TrustStore trust;
  private final List<String> checks;

  VerifiedPackage(
      ModelPackage modelPackage,
      ServingContract contract,
      @Nullable DeploymentSpecification deploymentPlan,
      String startedBy,
      InspectedModel model,
      byte[] featureProgram,
      String gateStatement,
      TrustStore trust,
      List<String> checks) {
    this.modelPackage = modelPackage;
    this.contract = contract;
    this.deploymentPlan = deploymentPlan;
    this.startedBy = startedBy;
    this.model = model;
    this.featureProgram = featureProgram;
    this.gateStatement = gateStatement;
    this.trust = trust;
    this.checks = List.copyOf(checks);
  }

  /** The package. */
  public ModelPackage modelPackage() {
    return modelPackage;
  }

  /** Its serving contract. */
  public ServingContract contract() {
    return contract;
  }

  /** The canary's plan; null in a package of before packages had one. */
  public @Nullable DeploymentSpecification deploymentPlan() {
    return deploymentPlan;
  }

  /** The principal who started the run that made it. */
  public String startedBy() {
    return startedBy;
  }

  /** The model file, inspected and of the serving shape. */
  public InspectedModel model() {
    return model;
  }

  /** The feature program's JSON. The array is not copied: do not write to it. */
  public byte[] featureProgram() {
    return featureProgram;
  }

  /** What was verified, one line each. */
  public List<String> checks() {
    return checks;
  }

  /**
   * Whether verifying a package would be this verification once more: the same package, under the
   * same keys and allowed signers. No check of a package depends on the time of day.
   */
  public boolean covers(ModelPackage asked, TrustStore under) {
    return modelPackage.equals(asked) && trust.equals(under);
  }

  /** SHA-256 of the gate statement's envelope. */
  String gateStatement() {
    return gateStatement;
  }
}
