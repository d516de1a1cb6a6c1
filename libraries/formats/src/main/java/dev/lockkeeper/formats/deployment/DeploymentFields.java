package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;

/** The canary's plan, as a document and as a part of the specification. */
public final class DeploymentFields {

  private DeploymentFields() {}

  /** Writes the plan's fields; what it leaves out is left out. */
  public static FieldWriter write(DeploymentSpecification deployment, FieldWriter to) {
    HarmUnit unit = deployment.unit();
    Inconclusive onInconclusive = deployment.onInconclusive();
    return to.put("steps", deployment.steps(), DeploymentFields::write)
        .put("lookEvery", deployment.lookEvery())
        .put("alpha", deployment.alpha())
        .put("maximum", deployment.maximum())
        .put("unit", unit == null ? null : unit.name())
        .put("margin", deployment.margin())
        .put("onInconclusive", onInconclusive == null ? null : onInconclusive.name())
        .put("firstReleaseWithoutTraffic", deployment.firstReleaseWithoutTraffic());
  }

  private static FieldWriter write(CanaryStep step) {
    return new FieldWriter()
        .putPlain("percent", step.percent())
        .put("minimumRequests", step.minimumRequests())
        .put("bake", step.bake());
  }

  static DeploymentSpecification read(FieldReader from) {
    return new DeploymentSpecification(
        from.list("steps", DeploymentFields::step),
        from.duration("lookEvery"),
        from.real("alpha"),
        from.duration("maximum"),
        from.has("unit") ? from.constant("unit", HarmUnit.class) : null,
        from.optionalReal("margin"),
        from.has("onInconclusive") ? from.constant("onInconclusive", Inconclusive.class) : null,
        from.has("firstReleaseWithoutTraffic")
            ? Boolean.valueOf(from.flag("firstReleaseWithoutTraffic"))
            : null);
  }

  private static CanaryStep step(FieldReader from) {
    return new CanaryStep(
        from.real("percent"), from.number("minimumRequests"), from.duration("bake"));
  }
}
