package dev.lockkeeper.client;

import dev.lockkeeper.client.ClientException.Kind;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunId;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One run: what it does, and the decisions on it. */
public final class RunHandle {

  private static final Duration TICK = Duration.ofMillis(300);

  /** A server or a worker that restarts is back within this number of ticks. */
  private static final int PATIENCE = 200;

  private final RunId id;
  private final WorkflowClient watching;
  private final DecisionSender decisions;

  RunHandle(RunId id, WorkflowClient watching, WorkflowClient acting, OpenTelemetry openTelemetry) {
    this.id = id;
    this.watching = watching;
    this.decisions = new DecisionSender(id, acting, openTelemetry);
  }

  /** {@code MODEL@VERSION}, which is the workflow id. */
  public RunId id() {
    return id;
  }

  /** Whether the server has such a run, or still remembers it. */
  public boolean exists() {
    try {
      Calls.call(subject(), watching.newUntypedWorkflowStub(id.toString())::describe);
      return true;
    } catch (ClientException e) {
      if (e.kind() == Kind.UNKNOWN) {
        return false;
      }
      throw e;
    }
  }

  /** The run as it stands: the result if it ended, else the workflow's own answer. */
  public RunStatus status() {
    return new RunStatusReader(watching).status(id);
  }

  /** What is to be decided and what was decided so far. */
  public ReviewStatus review() {
    return Calls.call(
        subject(), () -> watching.newWorkflowStub(PipelineWorkflow.class, id.toString()).review());
  }

  /** Waits until the run has ended; a server that is away for less than a minute is waited for. */
  public RunStatus awaitEnd() throws InterruptedException {
    return follow(status -> {}, status -> false);
  }

  /**
   * Follows the run until a condition is met or it has ended.
   *
   * @param watcher is told of each status, the last one as well
   * @param enough ends it early
   */
  public RunStatus follow(RunWatcher watcher, Predicate<RunStatus> enough)
      throws InterruptedException {
    while (true) {
      RunStatus status = patiently(watcher);
      watcher.status(status);
      if (status.verdict() != null || enough.test(status)) {
        return status;
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  private RunStatus patiently(RunWatcher watcher) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        return status();
      } catch (ClientException e) {
        if (e.kind() != Kind.UNREACHABLE || failures >= PATIENCE) {
          throw e;
        }
        if (failures == 0) {
          watcher.noAnswer(e);
        }
        Thread.sleep(TICK.toMillis());
      }
    }
  }

  /**
   * Sends a signed decision and returns what became of it. Where no worker answers, it is sent as a
   * signal, and {@link #review} tells later what became of it.
   *
   * @throws ClientException of kind {@code NOT_AWAITED} if the run does not wait for a decision
   */
  public DecisionReceipt decide(SignedDecision decision) {
    return decide(decision, waiting -> {});
  }

  /**
   * As {@link #decide(SignedDecision)}.
   *
   * @param waiting is told in one line what is waited for, after a few seconds and whenever it
   *     changes
   */
  public DecisionReceipt decide(SignedDecision decision, Consumer<String> waiting) {
    try (WaitNotice notice =
        new WaitNotice(
            () ->
                new PendingActivities(watching)
                    .waitedFor(id.toString(), Role.APPROVAL, "the decision is not judged yet"),
            waiting)) {
      return decisions.send(decision);
    }
  }

  /**
   * Asks the run to end. A canary takes its candidate back first.
   *
   * @param reason why, for the run's history
   * @throws ClientException of kind {@code ENDED} if it has ended
   */
  public void cancel(String reason) {
    Calls.call(
        subject(),
        () -> {
          watching.newUntypedWorkflowStub(id.toString()).cancel(reason);
          return id;
        });
  }

  private String subject() {
    return "run " + id;
  }
}
