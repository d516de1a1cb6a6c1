package dev.lockkeeper.activities.approval;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.release.ApprovalStatement;
import dev.lockkeeper.attestation.release.RejectedPackages;
import dev.lockkeeper.attestation.ssh.AllowedSigners;
import dev.lockkeeper.contracts.approval.ApprovalActivities;
import dev.lockkeeper.contracts.approval.CloseReviewInput;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.JudgeDecisionInput;
import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.DecisionAttempt;
import dev.lockkeeper.formats.approval.DecisionAttemptFormat;
import dev.lockkeeper.formats.approval.DecisionFields;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.Alert;
import dev.lockkeeper.stage.AlertSink;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageFailures;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.temporal.activity.Activity;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reviews whose decisions are SSH signatures over a closed document. */
final class SignedReviews implements ApprovalActivities {
  /** Reads the one header that a decision carries. */
  private static final TextMapGetter<String> TRACEPARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
          return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
          return key.equals("traceparent") ? traceparent : null;
        }
      };

  private final StageContext context;
  private final ReviewOpening opening;
  private final AlertSink alerts;
  private final Clock clock;

  SignedReviews(StageContext context, int minimumQuorum, AlertSink alerts, Clock clock) {
    this.context = context;
    this.opening = new ReviewOpening(context, minimumQuorum, clock);
    this.alerts = alerts;
    this.clock = clock;
  }

  @Override
  public Review openReview(OpenReviewInput input) {
    return StageFailures.translate(() -> opening.open(input));
  }

  @Override
  public DecisionReceipt judgeDecision(JudgeDecisionInput input) {
    return StageFailures.translate(() -> judged(input));
  }

  @Override
  public void remindApprovers(Review review) {
    String text =
        "waits for a decision by "
            + String.join(", ", review.approvers())
            + " until "
            + review.terms().expires()
            + "; see: lockkeeper review "
            + review.terms().workflowId();
    alerts.raise(
        new Alert(
            review.terms().nonce() + "/" + Activity.getExecutionContext().getInfo().getActivityId(),
            Role.APPROVAL,
            review.terms().workflowId(),
            List.of(text),
            DecisionFields.write(review.terms()).json()));
    StageFailures.translate(
        () ->
            context
                .store()
                .putNamed(
                    Zone.EVIDENCE,
                    folder("reminders", review) + clock.millis() + ".txt",
                    text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Approval closeReview(CloseReviewInput input) {
    long start = System.nanoTime();
    return StageFailures.translate(() -> closed(input, start));
  }

  private DecisionReceipt judged(JudgeDecisionInput input) {
    linkToSender(input.decision());
    Review review = opening.opened(input.run(), input.review());
    Instant now = clock.instant();
    DecisionReceipt receipt = receipt(input, review, now);
    AcceptedDecision counts =
        receipt instanceof DecisionReceipt.Accepted accepted ? accepted.decision() : null;
    DecisionAttempt attempt =
        new DecisionAttempt(now, input.run().runId(), input.decision(), counts, receipt.message());
    if (counts != null && counts.decision() == DecisionKind.REJECT) {
      new RejectedPackages(context.store()).add(review.terms().packageRoot(), attempt);
    }
    byte[] record = DecisionAttemptFormat.INSTANCE.write(attempt);
    context
        .store()
        .putNamed(
            Zone.EVIDENCE,
            folder("decisions", review)
                + now.toEpochMilli()
                + "-"
                + Digests.sha256(record)
                + ".json",
            record);
    return receipt;
  }

  /** What the sender claims as its trace is parsed as any header from outside is. */
  private static void linkToSender(SignedDecision decision) {
    Context sender =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), decision.traceparent(), TRACEPARENT);
    SpanContext span = Span.fromContext(sender).getSpanContext();
    if (span.isValid()) {
      Span.current().addLink(span);
    }
  }

  private DecisionReceipt receipt(JudgeDecisionInput input, Review review, Instant now) {
    DecisionJudge judge = judge(review, input.run());
    try {
      AcceptedDecision decision = judge.judge(input.decision(), input.accepted(), now);
      int approvals = input.accepted().size() + 1;
      String message =
          decision.decision() == DecisionKind.REJECT
              ? "counts: the rejection of " + decision.approver() + " ends the run"
              : "counts: " + approvals + " of " + review.quorum() + " approvals";
      return new DecisionReceipt.Accepted(decision, message);
    } catch (DecisionRefusedException refused) {
      String late = enrolledTooLate(judge, input, now);
      return new DecisionReceipt.Refused(
          late == null ? String.valueOf(refused.getMessage()) : late);
    }
  }

  private @Nullable String enrolledTooLate(
      DecisionJudge judge, JudgeDecisionInput input, Instant now) {
    try {
      String today = context.verifier().trust().reload().allowedSigners();
      return judge.enrolledTooLate(
          input.decision(), input.accepted(), AllowedSigners.parse(today), now);
    } catch (CustodyException unreadable) {
      return null;
    }
  }

  private Approval closed(CloseReviewInput input, long start) {
    Review review = opening.opened(input.run(), input.review());
    List<AcceptedDecision> decisions = verifiedAgain(input, review);
    requireOutcome(input.outcome(), review, decisions);
    if (input.outcome() == ApprovalOutcome.APPROVED) {
      opening.requireNoRejection(review.terms().packageRoot());
    }
    byte[] envelope =
        ApprovalStatement.sign(
            context.signer(), input.outcome(), review.terms(), review.quorum(), decisions);
    Evidence evidence =
        new Evidence(
            context.storeStatement(envelope),
            Activity.getExecutionContext().getInfo().getAttempt(),
            (System.nanoTime() - start) / 1_000_000);
    return new Approval(input.outcome(), review.terms(), review.quorum(), decisions, evidence);
  }

  private List<AcceptedDecision> verifiedAgain(CloseReviewInput input, Review review) {
    DecisionJudge judge = judge(review, input.run());
    List<AcceptedDecision> verified = new ArrayList<>();
    for (AcceptedDecision claimed : input.decisions()) {
      try {
        verified.add(judge.verify(claimed.signed(), verified));
      } catch (DecisionRefusedException refused) {
        throw new CustodyException(
            "a decision of '"
                + claimed.approver()
                + "' that counted does not verify when the review closes: "
                + refused.getMessage(),
            refused);
      }
    }
    return verified;
  }

  private static void requireOutcome(
      ApprovalOutcome outcome, Review review, List<AcceptedDecision> decisions) {
    boolean rejected = decisions.stream().anyMatch(one -> one.decision() == DecisionKind.REJECT);
    boolean approved = !rejected && decisions.size() >= review.quorum();
    ApprovalOutcome supported =
        rejected
            ? ApprovalOutcome.REJECTED
            : approved ? ApprovalOutcome.APPROVED : ApprovalOutcome.EXPIRED;
    if (outcome != supported) {
      throw new CustodyException(
          "the review is said to be "
              + outcome
              + " but its "
              + decisions.size()
              + " decisions of "
              + review.quorum()
              + " needed say "
              + supported);
    }
  }

  private DecisionJudge judge(Review review, RunContext run) {
    String pinned = new String(context.store().read(review.policy()), StandardCharsets.UTF_8);
    return new DecisionJudge(review, AllowedSigners.parse(pinned), run.startedBy());
  }

  private static String folder(String kind, Review review) {
    return kind + "/" + review.terms().workflowId() + "/" + review.terms().runId() + "/";
  }
}
