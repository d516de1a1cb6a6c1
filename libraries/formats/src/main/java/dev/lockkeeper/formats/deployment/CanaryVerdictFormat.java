package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import java.util.List;

/**
 * The payload of a verdict's envelope (DSSE, signed by the deployment role). Refused with a field
 * that is not known: it could take back what the others say.
 */
public final class CanaryVerdictFormat extends Format<CanaryVerdict> {

  public static final CanaryVerdictFormat INSTANCE = new CanaryVerdictFormat();

  /** The payload type of its envelope. */
  public static final String MEDIA_TYPE = "application/vnd.lockkeeper.canary-verdict+json";

  private CanaryVerdictFormat() {
    super("canary verdict", 1, UnknownFields.REFUSED);
  }

  @Override
  protected void write(CanaryVerdict value, FieldWriter to) {
    to.put("endpoint", value.endpoint())
        .put("sequence", value.sequence())
        .put("packageRoot", value.packageRoot())
        .put("approvalDigest", value.approvalDigest())
        .put("evidence", write(value.evidence()))
        .put("eValue", value.eValue())
        .put("harm", value.harm())
        .put("stepOver", value.stepOver())
        .put("insideMargin", value.insideMargin())
        .put("judgedAt", value.judgedAt());
  }

  @Override
  protected CanaryVerdict readFields(FieldReader from) {
    return new CanaryVerdict(
        from.text("endpoint"),
        from.number("sequence"),
        from.text("packageRoot"),
        from.text("approvalDigest"),
        evidence(from.object("evidence")),
        from.real("eValue"),
        from.flag("harm"),
        from.flag("stepOver"),
        from.has("insideMargin") ? Boolean.valueOf(from.flag("insideMargin")) : null,
        from.time("judgedAt"));
  }

  private static FieldWriter write(CanaryEvidence evidence) {
    KeyEvidence keys = evidence.keys();
    FieldWriter to =
        new FieldWriter()
            .put("judged", CanaryCountsFormat.INSTANCE.fields(evidence.judged()))
            .put("candidateRequests", evidence.candidateRequests())
            .put("candidateHarms", evidence.candidateHarms())
            .put("stableRequests", evidence.stableRequests())
            .put("stableHarms", evidence.stableHarms())
            .put("logWealth", evidence.logWealth())
            .put("keys", keys == null ? null : write(keys));
    List<CanaryCounts> gateways = evidence.gateways();
    return gateways == null
        ? to
        : to.put("gateways", gateways, CanaryCountsFormat.INSTANCE::fields);
  }

  private static FieldWriter write(KeyEvidence keys) {
    return new FieldWriter()
        .put("candidateFailed", keys.candidateFailed())
        .put("stableFailed", keys.stableFailed())
        .put("looks", keys.looks())
        .put("breakdownLogWealth", keys.breakdownLogWealth());
  }

  private static CanaryEvidence evidence(FieldReader from) {
    FieldReader keys = from.optionalObject("keys");
    return new CanaryEvidence(
        CanaryCountsFormat.INSTANCE.read(from.object("judged")),
        from.number("candidateRequests"),
        from.number("candidateHarms"),
        from.number("stableRequests"),
        from.number("stableHarms"),
        from.reals("logWealth"),
        keys == null
            ? null
            : new KeyEvidence(
                keys.number("candidateFailed"),
                keys.number("stableFailed"),
                keys.number("looks"),
                keys.real("breakdownLogWealth")),
        from.has("gateways") ? from.list("gateways", CanaryCountsFormat.INSTANCE::read) : null);
  }
}
