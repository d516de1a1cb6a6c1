package dev.lockkeeper.client;

import dev.lockkeeper.client.ClientException.Kind;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.failure.ApplicationFailure;
import java.util.function.Supplier;

/** Calls a server and says in one exception what went wrong. */
final class Calls {

  private Calls() {}

  /**
   * Calls.
   *
   * @param subject what the call is about
   */
  static <T> T call(String subject, Supplier<T> call) {
    try {
      return call.get();
    } catch (WorkflowNotFoundException e) {
      throw absent(subject, e);
    } catch (WorkflowQueryException e) {
      String said = String.valueOf(status(e).getDescription()).lines().findFirst().orElse("");
      throw new ClientException(Kind.QUERY_FAILED, subject, said, e);
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw translated(subject, e);
    }
  }

  private static ClientException translated(String subject, RuntimeException problem) {
    if (problem.getCause() instanceof ApplicationFailure refused) {
      return new ClientException(Kind.INVALID, subject, refused.getOriginalMessage(), problem);
    }
    Status status = status(problem);
    if (isAway(status)) {
      return new ClientException(
          Kind.UNREACHABLE,
          subject,
          "no answer: the server or the pipeline worker is not running",
          problem);
    }
    if (status.getCode() == Status.Code.NOT_FOUND) {
      return absent(subject, problem);
    }
    if (status.getCode() == Status.Code.UNIMPLEMENTED) {
      return new ClientException(
          Kind.UNSUPPORTED, subject, "the server cannot do this; the real one can", problem);
    }
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    return new ClientException(Kind.FAILED, subject, String.valueOf(cause.getMessage()), problem);
  }

  private static ClientException absent(String subject, RuntimeException problem) {
    boolean ended = String.valueOf(status(problem).getDescription()).contains("already completed");
    return ended
        ? new ClientException(Kind.ENDED, subject, "it has ended", problem)
        : new ClientException(Kind.UNKNOWN, subject, "the server does not know it", problem);
  }

  /** Whether the server, or the worker that it asks, may be back soon. */
  private static boolean isAway(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED -> true;
      case FAILED_PRECONDITION ->
          String.valueOf(status.getDescription()).contains("no poller seen");
      default -> false;
    };
  }

  private static Status status(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException status) {
        return status.getStatus();
      }
    }
    return Status.UNKNOWN;
  }
}
