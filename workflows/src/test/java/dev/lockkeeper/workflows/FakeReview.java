package dev.lockkeeper.workflows;

import static dev.lockkeeper.workflows.Examples.evidence;
import static dev.lockkeeper.workflows.Examples.ref;
import static dev.lockkeeper.workflows.Examples.sha;

import dev.lockkeeper.contracts.approval.ApprovalActivities;
import dev.lockkeeper.contracts.approval.CloseReviewInput;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.JudgeDecisionInput;
import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.artifact.Zone;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges documents of the form {@code NONCE APPROVER KIND}, signed with the word "valid". Who is
 * enrolled is the policy.
 */
public final class FakeReview implements ApprovalActivities {
  static final String NONCE = "nonce-4711";

  final AtomicInteger reminders = new AtomicInteger();
  final AtomicInteger judged = new AtomicInteger();
  volatile @Nullable FailureType trouble;
  volatile Supplier<Instant> clock = Instant::now;
  volatile List<String> enrolled = List.of("alice", "bob");

  public static SignedDecision decision(String approver, DecisionKind kind) {
    return decision(NONCE, approver, kind);
  }

  static SignedDecision decision(String nonce, String approver, DecisionKind kind) {
    return new SignedDecision(nonce + " " + approver + " " + kind, "valid", "");
  }

  @Override
  public Review openReview(OpenReviewInput input) {
    List<String> approvers = enrolled;
    String policy = sha(59 + approvers.size());
    int quorum = input.approval().quorum();
    boolean tooFew = approvers.size() < quorum;
    String known = input.knownPolicy();
    if (tooFew && (known == null || known.equals(policy) || approvers.isEmpty())) {
      throw StageFailure.of(FailureType.APPROVERS_MISSING, approvers + " for " + quorum);
    }
    Instant now = clock.get();
    DecisionTerms terms =
        new DecisionTerms(
            "promote",
            input.run().namespace(),
            input.run().runId(),
            input.run().workflowRunId(),
            input.run().model(),
            input.run().version(),
            input.endpoint(),
            input.modelPackage().rootDigest(),
            sha(60),
            policy,
            tooFew ? NONCE + approvers.size() : NONCE,
            now,
            now.plus(input.approval().expireAfter()));
    return new Review(terms, quorum, approvers, ref(Zone.EVIDENCE, 62));
  }

  @Override
  public DecisionReceipt judgeDecision(JudgeDecisionInput input) {
    judged.incrementAndGet();
    FailureType failing = trouble;
    if (failing != null) {
      throw StageFailure.of(failing, "the judge is in trouble");
    }
    SignedDecision sent = input.decision();
    String[] words = sent.document().split(" ", -1);
    if (!sent.signature().equals("valid")) {
      return new DecisionReceipt.Refused("the signature does not verify");
    }
    if (input.accepted().stream().anyMatch(one -> one.approver().equals(words[1]))) {
      return new DecisionReceipt.Refused(words[1] + " decided before");
    }
    DecisionKind kind = DecisionKind.valueOf(words[2]);
    if (!words[0].equals(input.review().terms().nonce())) {
      return new DecisionReceipt.Refused("the document is of another review");
    }
    if (input.review().lacksApprovers() && kind == DecisionKind.APPROVE) {
      return new DecisionReceipt.Refused("too few are enrolled");
    }
    return new DecisionReceipt.Accepted(
        new AcceptedDecision(words[1], "SHA256:" + words[1], kind, "", sent), "counts");
  }

  @Override
  public void remindApprovers(Review review) {
    reminders.incrementAndGet();
  }

  @Override
  public Approval closeReview(CloseReviewInput input) {
    return new Approval(
        input.outcome(),
        input.review().terms(),
        input.review().quorum(),
        input.decisions(),
        evidence(63, 1));
  }
}
