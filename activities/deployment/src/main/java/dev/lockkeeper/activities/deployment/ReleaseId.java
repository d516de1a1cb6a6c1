package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.attestation.release.ApprovalStatement;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.stage.StageContext;
import java.nio.charset.StandardCharsets;

/**
 * A package under one approval: what a canary is of.
 *
 * @param packageRoot root digest of the package
 * @param approval the approval's envelope
 */
record ReleaseId(String packageRoot, String approval) {

  static ReleaseId of(Release release) {
    return new ReleaseId(release.modelPackage().rootDigest(), release.approvalEnvelope());
  }

  byte[] envelope() {
    return approval.getBytes(StandardCharsets.UTF_8);
  }

  String approvalDigest() {
    return Digests.sha256(envelope());
  }

  /** What was approved, and until when. */
  DecisionTerms terms(StageContext context) {
    return ApprovalStatement.open(envelope(), packageRoot, context.verifier()).terms();
  }
}
