package dev.lockkeeper.workflows.run;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.SignalExternalWorkflowException;

/** Signals to workflows that may not be running. */
public final class Signals {
  private static final String NOT_FOUND = "NOT_FOUND";

  private Signals() {}

  /** Sends, and returns whether there was a workflow to receive it. */
  public static boolean delivered(Runnable signal) {
    try {
      signal.run();
      return true;
    } catch (SignalExternalWorkflowException nobody) {
      return false;
    } catch (ApplicationFailure failure) {
      if (!failure.getType().endsWith(NOT_FOUND)) {
        throw failure;
      }
      return false;
    }
  }
}
