package dev.lockkeeper.contracts.run;

import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/** Turns a {@link FailureType} into the failure that Temporal carries. */
public final class StageFailure {

  /** Temporal's server cuts a failure of more than 4 KiB, with its causes, without a word. */
  private static final int LONGEST = 2_000;

  private StageFailure() {}

  /** A failure whose message says what, where and what to do. */
  public static ApplicationFailure of(FailureType type, String message) {
    return of(type, message, null);
  }

  /** A failure with its cause. A message of more than 2,000 characters is cut and says so. */
  public static ApplicationFailure of(FailureType type, String message, @Nullable Throwable cause) {
    return ApplicationFailure.newBuilder()
        .setType(type.name())
        .setMessage(cut(message))
        .setNonRetryable(!type.retryable())
        .setCause(cause)
        .build();
  }

  static String cut(String message) {
    return message.length() <= LONGEST
        ? message
        : message.substring(0, LONGEST)
            + "… (cut: "
            + (message.length() - LONGEST)
            + " more characters are in the worker's log)";
  }
}
