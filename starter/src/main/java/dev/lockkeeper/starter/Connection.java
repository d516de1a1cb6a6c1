package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.formats.run.RunId;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.serviceclient.rpcretry.DefaultStubServiceOperationRpcRetryOptions;
import java.time.Duration;
import java.util.function.Supplier;

/** A command's connection to the Temporal server; turns what goes wrong into clear errors. */
public final class Connection implements AutoCloseable {

  /** A server on the same machine answers in milliseconds; a person waits no longer than this. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final ServerAddress server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  private Connection(ServerAddress server, WorkflowServiceStubs stubs, WorkflowClient client) {
    this.server = server;
    this.stubs = stubs;
    this.client = client;
  }

  /** Connects to the server that a command finds, and prints which one that is. */
  static Connection open(LockkeeperCommand top, WorkflowClientInterceptor... interceptors) {
    ServerAddress server = ServerAddress.find(top.state());
    top.console().note("using " + server.choice());
    return open(server, interceptors);
  }

  /**
   * Connects.
   *
   * @throws CommandException if the server does not answer
   */
  public static Connection open(ServerAddress server, WorkflowClientInterceptor... interceptors) {
    WorkflowServiceStubs stubs = stubs(server);
    try {
      stubs.connect(CONNECT);
      requireNamespace(server, stubs);
    } catch (StatusRuntimeException | IllegalStateException e) {
      stubs.shutdownNow();
      throw unreachable(server, e);
    }
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace(server.namespace())
                .setInterceptors(interceptors)
                .build());
    return new Connection(server, stubs, client);
  }

  private static WorkflowServiceStubs stubs(ServerAddress server) {
    try {
      return WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder(server.options())
              .setRpcTimeout(Duration.ofSeconds(10))
              .setRpcRetryOptions(
                  DefaultStubServiceOperationRpcRetryOptions.getBuilder()
                      .setExpiration(CONNECT)
                      .validateBuildWithDefaults())
              .build());
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, server.choice() + ": expected HOST:PORT: " + e.getMessage(), e);
    }
  }

  private static void requireNamespace(ServerAddress server, WorkflowServiceStubs stubs) {
    try {
      stubs
          .blockingStub()
          .describeNamespace(
              DescribeNamespaceRequest.newBuilder().setNamespace(server.namespace()).build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        stubs.shutdownNow();
        throw new CommandException(
            ExitCode.NOT_FOUND,
            server.choice()
                + " has no such namespace; TEMPORAL_NAMESPACE or the profile names another one",
            e);
      }
      // Whoever may not describe the namespace may still work in it.
    }
  }

  public WorkflowClient client() {
    return client;
  }

  public ServerAddress server() {
    return server;
  }

  public PipelineWorkflow pipeline(RunId run) {
    return client.newWorkflowStub(PipelineWorkflow.class, run.toString());
  }

  /** Calls the server about a run. */
  public <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (WorkflowNotFoundException e) {
      throw absent(what, e);
    } catch (WorkflowQueryException e) {
      throw new CommandException(
          ExitCode.FAILED,
          what
              + ": the pipeline worker cannot answer, its log says why: "
              + String.valueOf(status(e).getDescription()).lines().findFirst().orElse(""),
          e);
    } catch (WorkflowServiceException e) {
      throw translated(what, e);
    } catch (StatusRuntimeException e) {
      throw translated(what, e);
    }
  }

  private CommandException translated(String what, RuntimeException problem) {
    Status status = status(problem);
    Status.Code code = status.getCode();
    if (away(status)) {
      return new CommandException(
          ExitCode.UNREACHABLE,
          what
              + ": no answer from "
              + server.options().getTarget()
              + ": the server or the pipeline worker is not running; start './lockkeeper dev' or a"
              + " worker with role pipeline",
          problem);
    }
    if (code == Status.Code.NOT_FOUND) {
      return absent(what, problem);
    }
    if (code == Status.Code.UNIMPLEMENTED) {
      return new CommandException(
          ExitCode.CONFLICT,
          what
              + ": the in-memory server cannot do this; get the real one with '"
              + TemporalExecutable.howToGet()
              + "' and start again",
          problem);
    }
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    return new CommandException(ExitCode.FAILED, what + ": " + cause.getMessage(), problem);
  }

  private CommandException absent(String what, RuntimeException problem) {
    if (String.valueOf(status(problem).getDescription()).contains("already completed")) {
      return new CommandException(
          ExitCode.CONFLICT, what + " has ended; './lockkeeper status' shows how", problem);
    }
    return new CommandException(
        ExitCode.NOT_FOUND,
        what + " is not known on " + server.options().getTarget() + "; 'list' shows what is",
        problem);
  }

  /** Whether the server, or the worker that it asks, may be back soon. */
  private static boolean away(Status status) {
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

  private static CommandException unreachable(ServerAddress server, RuntimeException cause) {
    return new CommandException(
        ExitCode.UNREACHABLE,
        server.choice()
            + " does not answer within "
            + CONNECT.toSeconds()
            + " s: start it, or stop and start './lockkeeper dev', which goes on where it was",
        cause);
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
