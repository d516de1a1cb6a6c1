package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.RunId;
import java.nio.charset.StandardCharsets;

/** Makes decision documents from open reviews and signs them. */
public final class Decisions {

  private Decisions() {}

  /**
   * The open review of a run.
   *
   * @throws CommandException if there is none
   */
  static Review open(RunId run, ReviewStatus status) {
    Review review = status.review();
    if (review == null) {
      throw new CommandException(
          ExitCode.CONFLICT,
          "run "
              + run
              + " does not wait for a decision; './lockkeeper status "
              + run
              + "' shows where it stands");
    }
    return review;
  }

  /** The exact text that is signed. */
  static String text(DecisionDocument document) {
    return new String(DecisionDocumentFormat.INSTANCE.write(document), StandardCharsets.UTF_8);
  }

  /** Makes the document from the run's open review and signs it. */
  public static SignedDecision sign(
      RunOnServer run, DecisionKind kind, String approver, String reason, SshSigner signer) {
    Review review = open(run.handle().id(), run.review());
    String text = text(new DecisionDocument(review.terms(), kind, approver, reason));
    String signature =
        signer.sign(DecisionDocument.SIGNATURE_NAMESPACE, text.getBytes(StandardCharsets.UTF_8));
    return new SignedDecision(text, signature, "");
  }
}
