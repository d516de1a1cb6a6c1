package dev.lockkeeper.workers;

import dev.lockkeeper.client.ClientSetup;
import dev.lockkeeper.formats.run.Role;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkerPlugin;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running worker process: one worker for each role, each on its role's own task queue. */
public final class Workers implements AutoCloseable {

  /** An activity that notices the shutdown by its heartbeat needs one heartbeat interval. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** Less than a probe waits; the state of the connection would not tell of a server that hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final WorkflowServiceStubs stubs;
  private final WorkerFactory factory;
  private final Metrics metrics;
  private final OperationsServer operations;

  private Workers(
      WorkflowServiceStubs stubs,
      WorkerFactory factory,
      Metrics metrics,
      OperationsServer operations) {
    this.stubs = stubs;
    this.factory = factory;
    this.metrics = metrics;
    this.operations = operations;
  }

  /**
   * Starts polling for every role of the configuration.
   *
   * @throws IOException if a key cannot be read or the metrics port is in use
   */
  public static Workers start(WorkerConfiguration configuration, Tracing tracing)
      throws IOException {
    WorkerRoles known = WorkerRoles.load();
    List<WorkerPlugin> plugins = new ArrayList<>();
    for (Role role : configuration.roles()) {
      plugins.add(known.plugin(role, configuration.state(), configuration.settings()));
    }
    return start(configuration, tracing, plugins);
  }

  /** As {@link #start(WorkerConfiguration, Tracing)}, with plugins of the caller's choice. */
  public static Workers start(
      WorkerConfiguration configuration, Tracing tracing, List<WorkerPlugin> plugins)
      throws IOException {
    Metrics metrics = new Metrics();
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder(configuration.server())
                .setMetricsScope(metrics.scope())
                .build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs, ClientSetup.traced(configuration.namespace(), tracing.openTelemetry()));
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(ClientSetup.workerInterceptor(tracing.openTelemetry()))
                .setPlugins(plugins.toArray(WorkerPlugin[]::new))
                .build());
    for (Role role : configuration.roles()) {
      factory.newWorker(role.taskQueue(), options(configuration, role));
    }
    if (configuration.roles().contains(Role.PIPELINE)) {
      new PendingApprovals(stubs, configuration.namespace()).showIn(metrics.registry());
    }
    OperationsServer operations =
        OperationsServer.start(
            configuration.metricsHost(),
            configuration.metricsPort(),
            metrics.registry(),
            () -> obstacle(stubs, factory));
    factory.start();
    return new Workers(stubs, factory, metrics, operations);
  }

  /** The port of {@code /metrics} and {@code /health/…}. */
  public int metricsPort() {
    return operations.port();
  }

  /** Stops taking tasks, gives running ones ten seconds, then ends. */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
    factory.shutdownNow();
    stubs.shutdownNow();
    operations.close();
    metrics.close();
  }

  private static WorkerOptions options(WorkerConfiguration configuration, Role role) {
    WorkerOptions.Builder options =
        WorkerOptions.newBuilder().setAllowActivityHeartbeatDuringShutdown(true);
    if (configuration.inMemoryServer()) {
      options.setStickyQueueScheduleToStartTimeout(Duration.ZERO);
    }
    WorkerVersion version = configuration.version();
    if (version != null && role.equals(Role.PIPELINE)) {
      options.setDeploymentOptions(version.options());
    }
    return options.build();
  }

  private static String obstacle(WorkflowServiceStubs stubs, WorkerFactory factory) {
    if (factory.isShutdown()) {
      return "the worker is shutting down";
    }
    try {
      stubs
          .blockingStub()
          .withDeadlineAfter(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return "";
    } catch (StatusRuntimeException e) {
      return "the Temporal server does not answer: " + e.getStatus().getCode();
    }
  }
}
