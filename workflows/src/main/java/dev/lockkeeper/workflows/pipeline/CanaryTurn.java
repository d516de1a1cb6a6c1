package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.deployment.EndpointQueue;
import dev.lockkeeper.workflows.run.Signals;
import dev.lockkeeper.workflows.run.Timers;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** A run's place behind the canary of another run: that one tells it when it ends. */
final class CanaryTurn {

  private static final Duration FIRST_TRY_AGAIN = Duration.ofSeconds(10);

  /** A canary that was terminated tells nobody. */
  private static final Duration LONGEST_TRY_AGAIN = Duration.ofMinutes(5);

  /** It tells before it ends, and its end takes a moment. */
  private static final Duration END = Duration.ofSeconds(1);

  private final String endpoint;
  private final String runId;
  private Duration tryAgain = FIRST_TRY_AGAIN;
  private boolean listening;
  private boolean free;

  CanaryTurn(String endpoint, String runId) {
    this.endpoint = endpoint;
    this.runId = runId;
  }

  /** Returns when a look at the endpoint is worth while. */
  void await() {
    if (Workflow.getVersion("canary-tells-who-waits", Workflow.DEFAULT_VERSION, 1)
        == Workflow.DEFAULT_VERSION) {
      timer().get();
    } else if (isTold()) {
      Promise<Void> timer = timer();
      Workflow.await(() -> free || timer.isCompleted());
    } else {
      free = true;
    }
    if (free) {
      tryAgain = FIRST_TRY_AGAIN;
      Timers.start(END, "Let the other canary of " + endpoint + " end").get();
    } else {
      Duration longer = tryAgain.multipliedBy(2);
      tryAgain = longer.compareTo(LONGEST_TRY_AGAIN) > 0 ? LONGEST_TRY_AGAIN : longer;
    }
  }

  /** Asks the canary to tell this run; false if there is none any more. */
  private boolean isTold() {
    if (!listening) {
      EndpointQueue heard = () -> free = true;
      Workflow.registerListener(heard);
      listening = true;
    }
    free = false;
    CanaryWorkflow other =
        Workflow.newExternalWorkflowStub(CanaryWorkflow.class, CanaryWorkflow.workflowId(endpoint));
    return Signals.delivered(() -> other.notifyWhenOver(runId));
  }

  private Promise<Void> timer() {
    return Timers.start(tryAgain, "Wait for the other canary of " + endpoint);
  }
}
