package dev.lockkeeper.workflows.run;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Locale;

/** A failure in one line for people: its type, and the message that the stage gave. */
public final class FailureText {

  private FailureText() {}

  public static String of(TemporalFailure failure) {
    Throwable root = root(failure);
    if (root instanceof ApplicationFailure application) {
      return application.getType() + ": " + application.getOriginalMessage();
    }
    if (root instanceof TimeoutFailure timeout) {
      String kind =
          timeout
              .getTimeoutType()
              .name()
              .replaceFirst("^TIMEOUT_TYPE_", "")
              .replace('_', '-')
              .toLowerCase(Locale.ROOT);
      return "TIMEOUT: "
          + activity(failure)
          + " reached its "
          + kind
          + " timeout; is a worker of its role running?";
    }
    if (root instanceof CanceledFailure && failure instanceof ChildWorkflowFailure child) {
      return "CANCELLED: "
          + child.getExecution().getWorkflowId()
          + " was cancelled by hand; a candidate with traffic was taken back";
    }
    if (root instanceof TerminatedFailure && failure instanceof ChildWorkflowFailure child) {
      return "TERMINATED: "
          + child.getExecution().getWorkflowId()
          + " was terminated by hand; a candidate with traffic was taken back";
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static Throwable root(TemporalFailure failure) {
    Throwable root = failure;
    while (root instanceof ActivityFailure || root instanceof ChildWorkflowFailure) {
      Throwable cause = root.getCause();
      if (cause == null) {
        return root;
      }
      root = cause;
    }
    return root;
  }

  private static String activity(Throwable failure) {
    if (failure instanceof ActivityFailure activity) {
      return activity.getActivityType();
    }
    Throwable cause = failure.getCause();
    return cause == null ? "the workflow" : activity(cause);
  }
}
