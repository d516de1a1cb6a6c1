package dev.lockkeeper.contracts.run;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a run ends for Temporal whose model was not promoted: its workflow fails, and the failure's
 * details are the result that it would have returned.
 */
public final class RunFailure {

  private RunFailure() {}

  /**
   * The failure of a run that ended so. Its type is the verdict. A judgement is benign: it does not
   * count as a failure of the worker.
   *
   * @throws NullPointerException if the run has not ended
   */
  public static ApplicationFailure of(RunStatus end) {
    Verdict verdict = Objects.requireNonNull(end.verdict());
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setType(verdict.name())
            .setMessage(StageFailure.cut(end.message()))
            .setNonRetryable(true)
            .setDetails(end);
    if (verdict != Verdict.FAILED) {
      failure.setCategory(ApplicationErrorCategory.BENIGN);
    }
    ApplicationFailure built = failure.build();
    // An end is no accident of a line of code, and the Web UI shows the trace before the result.
    built.setStackTrace(new StackTraceElement[0]);
    return built;
  }

  /**
   * The result in what a workflow failed with; null if the workflow could not tell one.
   *
   * @param failure the cause of a {@code WorkflowFailedException} or a {@code ChildWorkflowFailure}
   */
  public static @Nullable RunStatus result(@Nullable Throwable failure) {
    if (failure instanceof ApplicationFailure application
        && isVerdict(application.getType())
        && application.getDetails().getSize() == 1) {
      return application.getDetails().get(RunStatus.class);
    }
    return null;
  }

  private static boolean isVerdict(String type) {
    return Arrays.stream(Verdict.values()).anyMatch(one -> one.name().equals(type));
  }
}
