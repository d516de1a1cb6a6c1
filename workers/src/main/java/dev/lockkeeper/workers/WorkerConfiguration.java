package dev.lockkeeper.workers;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageSettings;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process needs to know.
 *
 * @param server how the Temporal server is reached; metrics are added to it
 * @param namespace the Temporal namespace
 * @param inMemoryServer whether it is the server in memory, which never times out sticky tasks
 * @param roles the roles that this process takes
 * @param state where zones, keys and trust are
 * @param settings what stages are told beside that, for example the address of the gateway
 * @param metricsPort port of {@code /metrics} and {@code /health/…} on {@code metricsHost}; 0 takes
 *     any free port
 * @param metricsHost the address they listen on; the loopback address unless somebody scrapes from
 *     elsewhere
 * @param version which build the pipeline role runs; null if its builds are not told apart
 */
public record WorkerConfiguration(
    WorkflowServiceStubsOptions server,
    String namespace,
    boolean inMemoryServer,
    Set<Role> roles,
    StateFolder state,
    StageSettings settings,
    int metricsPort,
    String metricsHost,
    @Nullable WorkerVersion version) {

  public WorkerConfiguration {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a worker without a role: name at least one");
    }
    if (metricsPort < 0 || metricsPort > 65_535) {
      throw new IllegalArgumentException("metrics port " + metricsPort + ": expected 0 to 65535");
    }
    roles = Set.copyOf(roles);
  }

  /** A configuration of a worker without a version. */
  public WorkerConfiguration(
      WorkflowServiceStubsOptions server,
      String namespace,
      boolean inMemoryServer,
      Set<Role> roles,
      StateFolder state,
      StageSettings settings,
      int metricsPort,
      String metricsHost) {
    this(server, namespace, inMemoryServer, roles, state, settings, metricsPort, metricsHost, null);
  }
}
