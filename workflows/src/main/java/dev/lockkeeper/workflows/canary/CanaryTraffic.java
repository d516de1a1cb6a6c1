package dev.lockkeeper.workflows.canary;

import dev.lockkeeper.contracts.deployment.CanaryInput;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.CanaryQuestion;
import dev.lockkeeper.contracts.deployment.CanaryQuestions;
import dev.lockkeeper.contracts.deployment.CanaryResult;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.FindStableInput;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.deployment.RestorePlan;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.RollbackSummary;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.workflows.run.EndpointRestore;
import dev.lockkeeper.workflows.run.Markdown;
import dev.lockkeeper.workflows.run.Signals;
import dev.lockkeeper.workflows.run.StageOptions;
import dev.lockkeeper.workflows.run.Timers;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a canary does to the traffic of its endpoint, and how it undoes it. */
final class CanaryTraffic {
  private static final int ALL = 100;

  private final CanaryInput input;
  private final String candidate;
  private final EndpointRestore restore;
  private @Nullable ModelPackage stableBefore;
  private @Nullable Deployment last;
  private @Nullable CanaryLook look;
  private @Nullable String verdict;
  private @Nullable Approval consent;
  private boolean asked;
  private @Nullable CanaryResult takenBack;
  private @Nullable String message;
  private long seen;
  private @Nullable Instant leaseUntil;
  private boolean shiftBegun;
  private boolean onItsWay;

  CanaryTraffic(CanaryInput input) {
    this.input = input;
    this.candidate = input.run().runId();
    this.restore = new EndpointRestore(input.endpoint());
  }

  void open() {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.MODEL_NAME.valueSet(input.run().model()),
        SearchAttributes.MODEL_VERSION.valueSet(input.run().version()),
        SearchAttributes.ENDPOINT.valueSet(input.endpoint()));
  }

  /** Which gateways confirmed the last change; null before they did. */
  @Nullable Confirmation confirmation() {
    return last == null ? null : last.confirmation();
  }

  @Nullable CanaryLook lastLook() {
    return look;
  }

  /** What the canary does now, in one line; null before it does anything. */
  @Nullable String message() {
    return message;
  }

  ServingState findStable() {
    ServingState state =
        StageOptions.DEPLOYMENT
            .activities(
                DeploymentActivities.class, "Find the stable version of " + input.endpoint())
            .findStable(new FindStableInput(input.endpoint()));
    stableBefore = state.stable();
    seen = state.sequence();
    requireBaseline();
    return state;
  }

  /** When the gateways take back what is shifted from here on. */
  void leaseUntil(Instant end) {
    leaseUntil = end;
  }

  /** Another run may have been promoted since the gates compared the candidate. */
  private void requireBaseline() {
    ServingState baseline = input.baseline();
    if (baseline != null && !Objects.equals(root(baseline.stable()), root(stableBefore))) {
      throw StageFailure.of(
          FailureType.ENDPOINT_CHANGED,
          "the gates compared "
              + candidate
              + " with "
              + name(baseline.stable())
              + ", and now "
              + name(stableBefore)
              + " is stable on "
              + input.endpoint()
              + ": run the pipeline as a new version, which is compared with that");
    }
  }

  private static @Nullable String root(@Nullable ModelPackage modelPackage) {
    return modelPackage == null ? null : modelPackage.rootDigest();
  }

  private static String name(@Nullable ModelPackage modelPackage) {
    return modelPackage == null ? "no version" : "version " + modelPackage.version();
  }

  void shift(double percent) {
    begin();
    String share = TrafficShare.text(percent);
    show("RUNNING", "shifting " + share + " % of the traffic to " + candidate);
    Deployment shifted =
        done(
            StageOptions.DEPLOYMENT
                .activities(
                    DeploymentActivities.class,
                    "Give " + candidate + " " + share + " % of the traffic")
                .shiftTraffic(change(percent)));
    show("RUNNING", candidate + " has " + share + " % of the traffic" + shifted.confirmationText());
  }

  CanaryLook look(double percent) {
    String share = TrafficShare.text(percent);
    CanaryLook now =
        StageOptions.LOOK
            .activities(DeploymentActivities.class, "Judge " + candidate + " at " + share + " %")
            .judgeCanary(
                new JudgeCanaryInput(
                    input.endpoint(),
                    input.deployment().alpha(),
                    look == null ? null : look.evidence(),
                    input.deployment().unit(),
                    input.deployment().margin(),
                    verdict));
    look = now;
    verdict = now.verdict() == null ? verdict : now.verdict();
    show("RUNNING", candidate + " has " + share + " % of the traffic: " + now.message());
    return now;
  }

  /**
   * Whether a step is over. The deployment stage says so where it signs its looks, since it lets
   * the candidate go on by nothing else.
   *
   * @param baked whether the step has had its time
   */
  boolean isOver(CanaryStep step, CanaryLook now, boolean baked) {
    Boolean told = now.stepOver();
    return told == null
        ? verdict == null && baked && now.stepRequests() >= step.minimumRequests()
        : told;
  }

  /**
   * Asks the approvers of the run, once. A canary that nobody started from a run has nobody to ask.
   */
  void ask(CanaryLook now) {
    String signed = verdict;
    String question = candidate + MarginText.of(now) + "; " + now.message();
    if (!asked && signed != null) {
      asked = true;
      CanaryQuestions run =
          Workflow.newExternalWorkflowStub(CanaryQuestions.class, input.run().runId());
      Signals.delivered(() -> run.askApprovers(new CanaryQuestion(signed, question)));
    }
    show("WAITING", question + "; the approvers are asked");
  }

  void consent(Approval given) {
    consent = given;
  }

  boolean hasConsent() {
    return consent != null;
  }

  /** Says that the step is over but for its requests. */
  void waitFor(CanaryStep step, CanaryLook now) {
    show(
        "WAITING",
        candidate
            + " waits for traffic: "
            + now.stepRequests()
            + " of "
            + step.minimumRequests()
            + " requests at "
            + TrafficShare.text(step.percent())
            + " %; "
            + now.message());
  }

  /**
   * Says that somebody wants the candidate back: it is taken back once a worker is there for it.
   */
  void calledBack(String reason) {
    show("RUNNING", candidate + " was " + reason);
  }

  CanaryResult promote() {
    begin();
    Deployment promoted =
        done(
            StageOptions.DEPLOYMENT
                .activities(DeploymentActivities.class, "Promote " + candidate)
                .promoteModel(change(ALL)));
    return end(
        new CanaryResult.Promoted(
            candidate
                + " serves "
                + input.endpoint()
                + MarginText.of(look)
                + promoted.confirmationText(),
            promoted));
  }

  /** From here until {@link #done} nobody knows whether the change is made. */
  private void begin() {
    shiftBegun = true;
    onItsWay = true;
  }

  private Deployment done(Deployment made) {
    onItsWay = false;
    last = made;
    seen = made.state().sequence();
    return made;
  }

  /** Restores first and explains after. */
  CanaryResult takeBack(String reason) {
    Instant decided = Timers.now();
    return rolledBack(reason, restored(reason), Timers.secondsSince(decided));
  }

  /** For when somebody else may have restored already, to a version of their own choice. */
  CanaryResult takeBackUnlessGone(String reason) {
    return takeBackUnlessGone(reason, restore.current());
  }

  private CanaryResult takeBackUnlessGone(String reason, ServingState now) {
    Deployment before = last;
    if (before == null || serves(now) || mayStillChange(now)) {
      return takeBack(reason);
    }
    return rolledBack(reason, before, 0);
  }

  /**
   * Where a cancel does not reach it; null if no traffic ever went to the candidate.
   *
   * @param asked whether somebody called it back, who is told of it in any case
   */
  @Nullable CanaryResult takeBackDetached(String reason, boolean asked) {
    if (asked || shiftBegun) {
      Workflow.newDetachedCancellationScope(
              () -> takenBack = asked ? takeBackUnlessGone(reason) : takenBack(reason))
          .run();
    }
    return takenBack;
  }

  private @Nullable CanaryResult takenBack(String reason) {
    ServingState now = restore.current();
    if (last != null || serves(now)) {
      return takeBackUnlessGone(reason, now);
    }
    if (mayStillChange(now)) {
      restored(reason);
    }
    return null;
  }

  /**
   * Whether a change that was begun may still be made, by a worker that stands still for now. Each
   * manifest after the one that it was begun on stops it.
   */
  private boolean mayStillChange(ServingState now) {
    return onItsWay && now.sequence() == seen;
  }

  private Deployment restored(String reason) {
    return restore.to(
        seen,
        new RestorePlan(
            stableBefore == null ? null : stableBefore.version(),
            List.of(input.candidate().rootDigest()),
            false),
        reason);
  }

  /** Whether the candidate gets traffic, as candidate or as a promotion that was not confirmed. */
  private boolean serves(ServingState state) {
    String root = input.candidate().rootDigest();
    ModelPackage tried = state.candidate();
    ModelPackage stable = state.stable();
    return (tried != null && tried.rootDigest().equals(root))
        || (stable != null && stable.rootDigest().equals(root));
  }

  private CanaryResult rolledBack(String reason, Deployment restored, double seconds) {
    long requests = look == null ? 0 : look.evidence().candidateRequests();
    return end(
        new CanaryResult.RolledBack(
            candidate + " was taken back from " + input.endpoint() + ": " + reason,
            restored,
            new RollbackSummary(reason, requests, seconds, restored.confirmation())));
  }

  private CanaryResult end(CanaryResult result) {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.VERDICT.valueSet(result.verdict().name()));
    show(result.verdict().name(), result.message());
    return result;
  }

  private ShiftTrafficInput change(double percent) {
    return new ShiftTrafficInput(
        input.run(),
        input.endpoint(),
        input.candidate(),
        input.approval(),
        percent,
        seen,
        leaseUntil,
        verdict,
        consent);
  }

  private void show(String head, String text) {
    message = text;
    Workflow.setCurrentDetails("**" + head + "** " + Markdown.cell(text) + "\n");
  }
}
