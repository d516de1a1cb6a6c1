package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/** What the gateway tells the deployment stage, which may be of another version. */
public final class CanaryCountsFormat extends Format<CanaryCounts> {

  public static final CanaryCountsFormat INSTANCE = new CanaryCountsFormat();

  private CanaryCountsFormat() {
    super("canary counts", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(CanaryCounts value, FieldWriter to) {
    to.put("endpoint", value.endpoint())
        .put("instance", value.instance())
        .put("sequence", value.sequence())
        .putPlain("candidatePercent", value.candidatePercent())
        .put("stable", write(value.stable()))
        .put("candidate", write(value.candidate()));
  }

  @Override
  protected CanaryCounts readFields(FieldReader from) {
    return new CanaryCounts(
        from.text("endpoint"),
        from.text("instance"),
        from.number("sequence"),
        from.real("candidatePercent"),
        arm(from.object("stable")),
        arm(from.object("candidate")));
  }

  private static FieldWriter write(ArmCounts arm) {
    KeyCounts keys = arm.byKey();
    return new FieldWriter()
        .put("requests", arm.requests())
        .put("errors", arm.errors())
        .put("invalid", arm.invalid())
        .put("common", arm.common())
        .put("byKey", keys == null ? null : write(keys));
  }

  private static FieldWriter write(KeyCounts keys) {
    return new FieldWriter()
        .put("keys", keys.keys())
        .put("failed", keys.failed())
        .put("atRisk", keys.atRisk())
        .put("firstFailures", keys.firstFailures());
  }

  private static ArmCounts arm(FieldReader from) {
    FieldReader keys = from.optionalObject("byKey");
    return new ArmCounts(
        from.number("requests"),
        from.number("errors"),
        from.number("invalid"),
        from.has("common") ? from.number("common") : 0,
        keys == null
            ? null
            : new KeyCounts(
                keys.number("keys"),
                keys.number("failed"),
                keys.number("atRisk"),
                keys.number("firstFailures")));
  }
}
