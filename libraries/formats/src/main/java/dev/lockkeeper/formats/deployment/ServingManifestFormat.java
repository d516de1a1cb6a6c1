package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.registry.ModelPackageFormat;
import java.time.Instant;

/**
 * The payload of a serving manifest's envelope (DSSE, signed by the deployment role). The approval
 * of a release is the signed envelope itself, as a string, and is said nowhere else.
 */
public final class ServingManifestFormat extends Format<ServingManifest> {

  public static final ServingManifestFormat INSTANCE = new ServingManifestFormat();

  /** The payload type of its envelope. */
  public static final String MEDIA_TYPE = "application/vnd.lockkeeper.serving-manifest+json";

  private ServingManifestFormat() {
    super("serving manifest", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(ServingManifest value, FieldWriter to) {
    to.put("endpoint", value.endpoint())
        .put("sequence", value.sequence())
        .put("createdAt", value.createdAt())
        .put("arms", value.arms(), ServingManifestFormat::arm)
        .put("reason", value.reason());
  }

  @Override
  protected ServingManifest readFields(FieldReader from) {
    return new ServingManifest(
        from.text("endpoint"),
        from.number("sequence"),
        from.time("createdAt"),
        from.list("arms", ServingManifestFormat::arm),
        from.text("reason"));
  }

  private static FieldWriter arm(ServingArm arm) {
    FieldWriter to =
        new FieldWriter()
            .put("role", arm.role())
            .putPlain("percent", arm.percent())
            .put("package", ModelPackageFormat.INSTANCE.fields(arm.release().modelPackage()))
            .put("approvalEnvelope", arm.release().approvalEnvelope());
    Instant leaseUntil = arm.leaseUntil();
    return leaseUntil == null ? to : to.put("leaseUntil", leaseUntil);
  }

  private static ServingArm arm(FieldReader from) {
    return new ServingArm(
        from.constant("role", ArmRole.class),
        new Release(
            ModelPackageFormat.INSTANCE.read(from.object("package")),
            from.text("approvalEnvelope")),
        from.real("percent"),
        from.has("leaseUntil") ? from.time("leaseUntil") : null);
  }
}
