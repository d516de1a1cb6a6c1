package dev.lockkeeper.client;

import dev.lockkeeper.client.ClientException.Kind;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.run.RunId;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.serviceclient.rpcretry.DefaultStubServiceOperationRpcRetryOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the Temporal server on which pipelines run: starts runs, finds them, rolls
 * endpoints back. Safe for use by several threads; close it when you are done.
 *
 * <pre>{@code
 * try (LockkeeperClient client = LockkeeperClient.connect(TemporalServer.at("localhost:7233", "default"))) {
 *   RunHandle run = client.start(specification, "1", "alice");
 *   RunStatus end = run.awaitEnd();
 * }
 * }</pre>
 *
 * <p>Every method throws a {@link ClientException} if the server does not do what is asked.
 */
public final class LockkeeperClient implements AutoCloseable {

  /** How long {@link #connect} waits for an answer, and how long a call is tried again. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration RPC = Duration.ofSeconds(10);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient watching;
  private final RunStart runStart;
  private final Rollbacks rollbacks;
  private final OpenTelemetry openTelemetry;
  private final WorkflowClient acting;

  private LockkeeperClient(
      WorkflowServiceStubs stubs, String namespace, @Nullable OpenTelemetry tracing) {
    this.stubs = stubs;
    this.watching = WorkflowClient.newInstance(stubs, ClientSetup.untraced(namespace));
    this.acting =
        tracing == null
            ? watching
            : WorkflowClient.newInstance(stubs, ClientSetup.traced(namespace, tracing));
    this.openTelemetry = tracing == null ? OpenTelemetry.noop() : tracing;
    this.runStart = new RunStart(acting, openTelemetry);
    this.rollbacks = new Rollbacks(acting);
  }

  /** Connects; what is started leaves no trace. */
  public static LockkeeperClient connect(TemporalServer server) {
    return connected(server, null);
  }

  /** Connects; what is started, decided and rolled back continues the caller's trace. */
  public static LockkeeperClient connect(TemporalServer server, OpenTelemetry openTelemetry) {
    return connected(server, openTelemetry);
  }

  private static LockkeeperClient connected(
      TemporalServer server, @Nullable OpenTelemetry openTelemetry) {
    WorkflowServiceStubs stubs = stubs(server);
    try {
      stubs.connect(PATIENCE);
      requireNamespace(server, stubs);
      return new LockkeeperClient(stubs, server.namespace(), openTelemetry);
    } catch (StatusRuntimeException | IllegalStateException e) {
      stubs.shutdownNow();
      throw new ClientException(
          Kind.UNREACHABLE,
          "Temporal server " + server.address(),
          "does not answer within " + PATIENCE.toSeconds() + " s",
          e);
    } catch (ClientException e) {
      stubs.shutdownNow();
      throw e;
    }
  }

  private static WorkflowServiceStubs stubs(TemporalServer server) {
    try {
      return WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder(server.options())
              .setRpcTimeout(RPC)
              .setRpcRetryOptions(
                  DefaultStubServiceOperationRpcRetryOptions.getBuilder()
                      .setExpiration(PATIENCE)
                      .validateBuildWithDefaults())
              .build());
    } catch (IllegalArgumentException e) {
      throw new ClientException(
          Kind.CONFIGURATION,
          "Temporal server " + server.address(),
          "expected HOST:PORT: " + e.getMessage(),
          e);
    }
  }

  private static void requireNamespace(TemporalServer server, WorkflowServiceStubs stubs) {
    try {
      stubs
          .blockingStub()
          .describeNamespace(
              DescribeNamespaceRequest.newBuilder().setNamespace(server.namespace()).build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        throw new ClientException(
            Kind.NAMESPACE_UNKNOWN,
            "Temporal server " + server.address(),
            "has no namespace '" + server.namespace() + "'",
            e);
      }
      // Whoever may not describe the namespace may still work in it.
    }
  }

  /**
   * Starts a run; returns once the server has it. The run is part of the caller's trace, or the
   * root of one.
   *
   * @param version the version that it makes; a version is made once
   * @param startedBy the principal who starts it, who may not approve it
   * @throws ClientException of kind {@code EXISTS} if there is a run of this model and version
   * @throws IllegalArgumentException if the version is not a version, or the monitoring looks more
   *     often than once a second
   */
  public RunHandle start(PipelineSpecification specification, String version, String startedBy) {
    return start(specification, version, startedBy, "");
  }

  /**
   * As {@link #start(PipelineSpecification, String, String)}, with why.
   *
   * @param reason for the people who review it, at most 400 characters; may be empty
   */
  public RunHandle start(
      PipelineSpecification specification, String version, String startedBy, String reason) {
    return run(runStart.start(specification, version, startedBy, reason));
  }

  /** A run, whether the server has it or not. */
  public RunHandle run(RunId run) {
    return new RunHandle(run, watching, acting, openTelemetry);
  }

  /**
   * The runs that the server still remembers, newest first.
   *
   * @param model only runs of this model; null for all
   * @param limit at most so many
   * @throws ClientException of kind {@code UNSUPPORTED} if it is the in-memory server
   */
  public List<RunSummary> runs(@Nullable String model, int limit) {
    return RunSummary.list(watching, model, false, limit);
  }

  /**
   * The runs that wait for a decision, newest first; as {@link #runs} otherwise.
   *
   * @param model only runs of this model; null for all
   * @param limit at most so many
   */
  public List<RunSummary> runsToDecide(@Nullable String model, int limit) {
    return RunSummary.list(watching, model, true, limit);
  }

  /** An endpoint, whether anything serves it or not. */
  public EndpointHandle endpoint(String endpoint) {
    return new EndpointHandle(endpoint, watching);
  }

  /**
   * Restores an earlier release of an endpoint and waits until the gateway has confirmed it.
   *
   * @throws ClientException of kind {@code EXISTS} if the endpoint is being rolled back already, of
   *     kind {@code UNKNOWN} if there is no such release
   */
  public RollbackResult rollBack(RollbackInput input) {
    return rollBack(input, Rollbacks.LONGEST, waiting -> {});
  }

  /**
   * As {@link #rollBack(RollbackInput)}, for a time at most.
   *
   * @param wait how long it is waited for; the rollback goes on after it
   * @param waiting is told in one line what is waited for, after a few seconds and whenever it
   *     changes
   * @throws ClientException also of kind {@code NOT_DONE}, if it is not done in time
   */
  public RollbackResult rollBack(RollbackInput input, Duration wait, Consumer<String> waiting) {
    return rollbacks.rollBack(input, wait, waiting);
  }

  /** Temporal's own client, for what this one does not offer. */
  public WorkflowClient temporal() {
    return watching;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
