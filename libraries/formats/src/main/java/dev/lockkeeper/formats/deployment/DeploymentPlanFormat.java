package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/**
 * The canary's plan as a file of the package: who approves the package approves the plan, and the
 * deployment stage takes it from there. Refused with a field that is not known: it could change
 * what the plan lets pass.
 */
public final class DeploymentPlanFormat extends Format<DeploymentSpecification> {

  public static final DeploymentPlanFormat INSTANCE = new DeploymentPlanFormat();

  private DeploymentPlanFormat() {
    super("deployment plan", 1, UnknownFields.REFUSED);
  }

  @Override
  protected void write(DeploymentSpecification value, FieldWriter to) {
    DeploymentFields.write(value, to);
  }

  @Override
  protected DeploymentSpecification readFields(FieldReader from) {
    return DeploymentFields.read(from);
  }
}
