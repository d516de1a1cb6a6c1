package dev.lockkeeper.workflows.canary;

import dev.lockkeeper.contracts.deployment.CanaryInput;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.CanaryResult;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.FindStableInput;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.contracts.run.RollbackSummary;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.workflows.run.EndpointRestore;
import dev.lockkeeper.workflows.run.Markdown;
import dev.lockkeeper.workflows.run.StageOptions;
import dev.lockkeeper.workflows.run.Timers;
import io.temporal.workflow.Workflow;
import java.time.Instant;
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
  private @Nullable CanaryResult takenBack;
  private boolean shiftBegun;

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

  @Nullable CanaryLook lastLook() {
    return look;
  }

  ServingState findStable() {
    ServingState state =
        StageOptions.DEPLOYMENT
            .activities(
                DeploymentActivities.class, "Find the stable version of " + input.endpoint())
            .findStable(new FindStableInput(input.endpoint()));
    stableBefore = state.stable();
    return state;
  }

  void shift(int percent) {
    shiftBegun = true;
    show("RUNNING", "shifting " + percent + " % of the traffic to " + candidate);
    last =
        StageOptions.DEPLOYMENT
            .activities(
                DeploymentActivities.class,
                "Give " + candidate + " " + percent + " % of the traffic")
            .shiftTraffic(change(percent));
    show("RUNNING", candidate + " has " + percent + " % of the traffic");
  }

  CanaryLook look(int percent) {
    CanaryLook now =
        StageOptions.LOOK
            .activities(DeploymentActivities.class, "Judge " + candidate + " at " + percent + " %")
            .judgeCanary(
                new JudgeCanaryInput(
                    input.endpoint(),
                    input.deployment().alpha(),
                    look == null ? null : look.evidence(),
                    input.deployment().unit(),
                    input.deployment().margin()));
    look = now;
    show("RUNNING", candidate + " has " + percent + " % of the traffic: " + now.message());
    return now;
  }

  CanaryResult promote() {
    Deployment promoted =
        StageOptions.DEPLOYMENT
            .activities(DeploymentActivities.class, "Promote " + candidate)
            .promoteModel(change(ALL));
    last = promoted;
    return end(
        new CanaryResult.Promoted(
            candidate + " serves " + input.endpoint() + MarginText.of(look), promoted));
  }

  /** Restores first and explains after. */
  CanaryResult takeBack(String reason) {
    Instant decided = Timers.now();
    Deployment restored = restore.to(stableBefore == null ? null : stableBefore.version(), reason);
    return rolledBack(reason, restored, Timers.secondsSince(decided));
  }

  /**
   * For when somebody else may have restored already, to a version of their own choice; null if no
   * traffic ever went to the candidate.
   */
  @Nullable CanaryResult takeBackUnlessGone(String reason) {
    if (serves(restore.current())) {
      return takeBack(reason);
    }
    return last == null ? null : rolledBack(reason, last, 0);
  }

  /** Where a cancel does not reach it; null if no traffic ever went to the candidate. */
  @Nullable CanaryResult takeBackDetached(String reason) {
    if (!shiftBegun) {
      return null;
    }
    Workflow.newDetachedCancellationScope(() -> takenBack = takeBackUnlessGone(reason)).run();
    return takenBack;
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
            new RollbackSummary(reason, requests, seconds)));
  }

  private CanaryResult end(CanaryResult result) {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.VERDICT.valueSet(result.verdict().name()));
    show(result.verdict().name(), result.message());
    return result;
  }

  private ShiftTrafficInput change(int percent) {
    return new ShiftTrafficInput(
        input.run(), input.endpoint(), input.candidate(), input.approval(), percent);
  }

  private static void show(String head, String text) {
    Workflow.setCurrentDetails("**" + head + "** " + Markdown.cell(text) + "\n");
  }
}
