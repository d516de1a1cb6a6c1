package dev.lockkeeper.stage;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.features.ExpressionException;
import dev.lockkeeper.store.StoreException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one translation of what stages and libraries throw into the failure that Temporal carries.
 */
public final class StageFailures {

  /** How the operating system says it, in the message of an {@link IOException}. */
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded");

  private static final Logger LOG = LoggerFactory.getLogger(StageFailures.class);

  private StageFailures() {}

  /**
   * Does work and translates what it throws.
   *
   * @throws ApplicationFailure typed by {@link FailureType}; a defect is thrown as it is
   */
  public static <T> T translate(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      StageException known = classify(e).orElseThrow(() -> e);
      ApplicationFailure failure = StageFailure.of(known.type(), message(known), known.getCause());
      if (!failure.getOriginalMessage().equals(message(known))) {
        LOG.warn("the whole message of a failure that was cut: {}", message(known));
      }
      throw failure;
    }
  }

  /**
   * The type and message of a failure; empty for a defect. A full disk or memory comes first,
   * whatever the work that met it made of it.
   */
  public static Optional<StageException> classify(Throwable failure) {
    Throwable shortage = shortage(failure);
    if (shortage != null) {
      return Optional.of(exhausted(shortage));
    }
    if (failure instanceof StageException known) {
      return Optional.of(known);
    }
    return Optional.ofNullable(type(failure)).map(type -> as(type, failure));
  }

  private static @Nullable FailureType type(Throwable failure) {
    if (failure instanceof CustodyException) {
      return FailureType.CUSTODY_BROKEN;
    }
    if (failure instanceof ExpressionException) {
      return FailureType.EXPRESSION_INVALID;
    }
    if (failure instanceof StoreException store) {
      return store.kind() == StoreException.Kind.UNAVAILABLE
          ? FailureType.STORE_UNAVAILABLE
          : FailureType.CUSTODY_BROKEN;
    }
    return failure instanceof UncheckedIOException ? FailureType.STORE_UNAVAILABLE : null;
  }

  /** The store knows its own disk; everything else that is full is the worker's. */
  private static @Nullable Throwable shortage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException) {
        return null;
      }
      boolean full =
          cause instanceof IOException && FULL.stream().anyMatch(message(cause)::contains);
      if (full || cause instanceof SQLTransientException) {
        return cause;
      }
    }
    return null;
  }

  private static StageException exhausted(Throwable cause) {
    return new StageException(
        FailureType.WORKSPACE_UNAVAILABLE,
        "the worker ran out of memory or of space for temporary files: "
            + message(cause)
            + "; free some in "
            + System.getProperty("java.io.tmpdir")
            + ", and the work is tried again",
        cause);
  }

  private static StageException as(FailureType type, Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null
        ? new StageException(type, message(failure))
        : new StageException(type, message(failure), cause);
  }

  private static String message(Throwable e) {
    return Objects.requireNonNullElse(e.getMessage(), e.toString());
  }
}
