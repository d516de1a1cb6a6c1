package dev.lockkeeper.workflows.canary;

import dev.lockkeeper.contracts.deployment.CanaryInput;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.CanaryResult;
import dev.lockkeeper.contracts.deployment.CanaryStatus;
import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.workflows.run.FailureText;
import dev.lockkeeper.workflows.run.Timers;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A canary: traffic in steps, a judgement at every look, and the stable version back on harm. */
public final class CanaryWorkflowImpl implements CanaryWorkflow {
  private static final int LONGEST_REASON = 500;

  private final CanaryTraffic traffic;
  private final WaitingRuns waiting = new WaitingRuns();
  private @Nullable CanaryPlan plan;
  private @Nullable CanaryStep current;
  private int number;
  private @Nullable String calledBack;
  private boolean consented;

  /** A rollback may be signalled before {@link #release} runs. */
  @WorkflowInit
  public CanaryWorkflowImpl(CanaryInput input) {
    this.traffic = new CanaryTraffic(input);
  }

  @Override
  public CanaryResult release(CanaryInput input) {
    traffic.open();
    try {
      return told(throughEveryStep(input));
    } catch (TemporalFailure failure) {
      CanaryResult result = told(takenBackAfter(failure));
      if (result == null) {
        throw failure;
      }
      return result;
    }
  }

  private <T extends @Nullable CanaryResult> T told(T result) {
    waiting.tell();
    return result;
  }

  private CanaryResult throughEveryStep(CanaryInput input) {
    Instant started = Timers.now();
    ServingState before = traffic.findStable();
    CanaryPlan steps = CanaryPlan.of(input.deployment(), before.stable() == null);
    plan = steps;
    traffic.leaseUntil(steps.leaseUntil(started));
    for (CanaryStep step : steps.steps()) {
      current = step;
      number++;
      if (calledBack == null) {
        traffic.shift(step.percent());
        String harm = bake(steps, step, started);
        if (harm != null) {
          return traffic.takeBack(harm);
        }
      }
      if (calledBack != null) {
        return traffic.takeBackUnlessGone(calledBack);
      }
    }
    CanaryResult promoted = traffic.promote();
    if (CancellationScope.current().isCancelRequested()) {
      throw new CanceledFailure("cancelled while it was promoted");
    }
    boolean nothingBefore = before.stable() == null;
    return nothingBefore || calledBack == null ? promoted : traffic.takeBack(calledBack);
  }

  /** Why the candidate must go, or null once the step is over or somebody called it back. */
  private @Nullable String bake(CanaryPlan steps, CanaryStep step, Instant started) {
    Instant stepStarted = Timers.now();
    while (true) {
      Promise<Void> timer =
          Timers.start(
              steps.untilNextLook(started, stepStarted, step, Timers.now()),
              "Next look at " + TrafficShare.text(step.percent()) + " % of the traffic");
      Workflow.await(() -> timer.isCompleted() || calledBack != null || consented);
      consented = false;
      if (calledBack != null) {
        return null;
      }
      CanaryLook look = traffic.look(step.percent());
      if (look.harm()) {
        return look.message();
      }
      boolean baked = !Timers.now().isBefore(stepStarted.plus(step.bake()));
      boolean over = traffic.isOver(step, look, baked);
      if (over && (!steps.isUnshown(number, look) || traffic.hasConsent())) {
        return null;
      }
      if (over && steps.asks()) {
        traffic.ask(look);
      } else if (baked) {
        traffic.waitFor(step, look);
      }
      if (!Timers.now().isBefore(started.plus(steps.maximum()))) {
        return overdue(steps, step, look);
      }
    }
  }

  @Override
  public void rollBack(String reason) {
    String asked = reason == null ? "" : reason;
    String text =
        "called back: "
            + (asked.length() <= LONGEST_REASON ? asked : asked.substring(0, LONGEST_REASON));
    calledBack = text;
    traffic.calledBack(text);
  }

  @Override
  public void promoteUnshown(Approval consent) {
    traffic.consent(consent);
    consented = true;
  }

  @Override
  public void notifyWhenOver(String workflowId) {
    waiting.add(workflowId);
  }

  @Override
  public CanaryStatus status() {
    return new CanaryStatus(
        current == null ? 0 : current.percent(),
        number,
        plan == null ? 0 : plan.steps().size(),
        traffic.lastLook(),
        traffic.message(),
        traffic.confirmation());
  }

  /**
   * A canary that was cancelled or that broke with traffic on the candidate ends with what it took
   * back; one that never had traffic has nothing to take back: null, and it ends as it broke.
   */
  private @Nullable CanaryResult takenBackAfter(TemporalFailure failure) {
    boolean cancelled = CancellationScope.current().isCancelRequested();
    String broken = cancelled ? "the run was cancelled" : FailureText.of(failure);
    String reason = calledBack == null ? broken : calledBack;
    return traffic.takeBackDetached(reason, calledBack != null);
  }

  private static String overdue(CanaryPlan steps, CanaryStep step, CanaryLook look) {
    return "the canary was not through after "
        + steps.maximum()
        + ": "
        + look.stepRequests()
        + " of "
        + step.minimumRequests()
        + " candidate requests at "
        + TrafficShare.text(step.percent())
        + " %"
        + MarginText.of(look);
  }
}
