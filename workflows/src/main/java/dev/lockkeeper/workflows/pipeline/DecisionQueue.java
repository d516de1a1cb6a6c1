package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.workflows.run.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what signals and updates bring. Nothing here is trusted: what cannot possibly count is
 * refused without an activity, so that a flood costs no more than the server's own record of it.
 */
final class DecisionQueue {

  /** Judged at most, for each of the two ways in: a flood of signals leaves the updates open. */
  static final int BUDGET = 200;

  /** One more is judged after each of these: a flood of both ways does not close them for good. */
  private static final Duration ONE_MORE = Duration.ofMinutes(10);

  private static final int REMEMBERED_REFUSALS = 20;

  /** W3C Trace Context, version 00. */
  private static final int TRACEPARENT_LENGTH = 55;

  /** How a decision came in. */
  enum Way {
    SIGNAL,
    UPDATE
  }

  private final Deque<PendingDecision> queue = new ArrayDeque<>();
  private final Set<SignedDecision> seen = new HashSet<>();
  private final List<String> refused = new ArrayList<>();
  private final int[] judged = new int[Way.values().length];
  private @Nullable DecisionTerms terms;
  private Instant opened = Instant.EPOCH;

  void open(DecisionTerms issued) {
    terms = issued;
    opened = Timers.now();
  }

  void close() {
    terms = null;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  @Nullable PendingDecision poll() {
    return queue.poll();
  }

  List<String> refused() {
    return List.copyOf(refused);
  }

  /** Queues a decision, or refuses it at once; the receipt is complete in the second case. */
  PendingDecision take(@Nullable SignedDecision decision, Way way) {
    SignedDecision sent = complete(decision);
    PendingDecision submission = PendingDecision.of(sent);
    String obstacle = obstacle(sent, way);
    if (obstacle != null) {
      refuse(submission, obstacle);
      return submission;
    }
    judged[way.ordinal()]++;
    seen.add(sent);
    queue.add(submission);
    return submission;
  }

  /** Why a decision cannot count whatever its signature says; null if it must be judged. */
  @Nullable String obstacle(@Nullable SignedDecision decision, Way way) {
    if (terms == null) {
      return "no decision is awaited now: 'lockkeeper review' shows what is to be decided and until"
          + " when";
    }
    SignedDecision sent = complete(decision);
    String document = sent.document();
    long length = (long) document.length() + sent.signature().length();
    if (length > SignedDecision.MAXIMUM_LENGTH) {
      return "a decision of " + length + " characters: at most " + SignedDecision.MAXIMUM_LENGTH;
    }
    if (!document.contains(terms.nonce())) {
      return "the document does not carry this review's nonce: sign the document that 'lockkeeper"
          + " review' shows";
    }
    if (seen.contains(sent)) {
      return "the same decision was sent before";
    }
    if (judged[way.ordinal()] >= budget()) {
      return judged[way.ordinal()]
          + " decisions came by "
          + way
          + ": send by the other way, or in "
          + ONE_MORE.toMinutes()
          + " minutes";
    }
    return null;
  }

  private long budget() {
    return BUDGET + Duration.between(opened, Timers.now()).dividedBy(ONE_MORE);
  }

  /** Changes nothing, and says so to the sender and to whoever reads the run. */
  void refuse(PendingDecision submission, String reason) {
    remember(reason);
    submission.receipt().complete(new DecisionReceipt.Refused(reason));
  }

  void remember(String reason) {
    if (refused.size() == REMEMBERED_REFUSALS) {
      refused.remove(0);
    }
    refused.add(Timers.now() + " " + reason);
  }

  void refuseAll(String reason) {
    for (PendingDecision left = queue.poll(); left != null; left = queue.poll()) {
      refuse(left, reason);
    }
  }

  /** So that the same decision may be sent again. */
  void forget(SignedDecision decision) {
    seen.remove(decision);
  }

  /** A sender may leave a field out of the JSON, whatever the record promises. */
  private static SignedDecision complete(@Nullable SignedDecision decision) {
    if (decision == null) {
      return new SignedDecision("", "", "");
    }
    String trace = orEmpty(decision.traceparent());
    return new SignedDecision(
        orEmpty(decision.document()),
        orEmpty(decision.signature()),
        trace.length() == TRACEPARENT_LENGTH ? trace : "");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
