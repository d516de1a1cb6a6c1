package dev.lockkeeper.contracts.run;

import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/** Turns a {@link FailureType} into the failure that Temporal carries. */
public final class StageFailure {

  private StageFailure() {}

  /** A failure whose message says what, where and what to do. */
  public static ApplicationFailure of(FailureType type, String message) {
    return of(type, message, null);
  }

  /** A failure with its cause. */
  public static ApplicationFailure of(FailureType type, String message, @Nullable Throwable cause) {
    return ApplicationFailure.newBuilder()
        .setType(type.name())
        .setMessage(message)
        .setNonRetryable(!type.retryable())
        .setCause(cause)
        .build();
  }
}
