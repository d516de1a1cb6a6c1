package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.Connection;
import dev.lockkeeper.starter.ExitCode;
import dev.lockkeeper.starter.LockkeeperCommand;
import dev.lockkeeper.starter.ServerAddress;
import dev.lockkeeper.workers.Tracing;
import dev.lockkeeper.workers.WorkerConfiguration;
import dev.lockkeeper.workers.WorkerRoles;
import dev.lockkeeper.workers.WorkerVersion;
import dev.lockkeeper.workers.Workers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs workers in a process of their own. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "worker",
    description = "Runs the workers of one or more roles until Ctrl-C.",
    footer = {"", "Example:", "  ./lockkeeper worker --role ingestion,features"})
final class WorkerCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Option(
      names = "--role",
      required = true,
      split = ",",
      paramLabel = "ROLE",
      completionCandidates = RoleLabels.class,
      description = "${COMPLETION-CANDIDATES}, or all.")
  private List<String> roles;

  @Option(
      names = "--gateway",
      split = ",",
      paramLabel = "URL",
      defaultValue = "${env:LOCKKEEPER_GATEWAY:-http://127.0.0.1:8088}",
      description = "The gateways that the deployment role changes (default: ${DEFAULT-VALUE}).")
  private List<URI> gateways;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "${env:LOCKKEEPER_METRICS_PORT:-9464}",
      description = "Port of /metrics and /health; 0 takes any free one (${DEFAULT-VALUE}).")
  private int metricsPort;

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      defaultValue = "${env:LOCKKEEPER_METRICS_HOST:-127.0.0.1}",
      description = "Address they listen on (default: ${DEFAULT-VALUE}).")
  private String metricsHost;

  @Option(
      names = "--build-id",
      paramLabel = "BUILD",
      defaultValue = "${env:TEMPORAL_WORKER_BUILD_ID}",
      description =
          "Build of the pipeline role's workflows: runs stay on the build on which they began"
              + " (default: builds are not told apart).")
  private @Nullable String buildId;

  @Option(
      names = "--deployment-name",
      paramLabel = "NAME",
      defaultValue = "${env:TEMPORAL_DEPLOYMENT_NAME:-lockkeeper}",
      description = "Worker deployment that the build belongs to (default: ${DEFAULT-VALUE}).")
  private String deploymentName;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Set<Role> taken = parse(roles);
    TemporaryFolder.open();
    Ports.requireNumber(metricsPort, "--metrics-port", "/metrics and /health");
    StateFolder state = top.state();
    ServerAddress server = ServerAddress.find(state);
    top.console().note("using " + server.choice());
    Connection.open(server).close();
    String name =
        "lockkeeper-worker-" + taken.stream().map(Role::label).collect(Collectors.joining("-"));
    try (Tracing tracing = Tracing.start(name, null);
        Workers workers = Workers.start(configuration(server, taken, state), tracing)) {
      top.console()
          .note(
              "roles "
                  + taken.stream().map(Role::label).toList()
                  + " take work; http://"
                  + metricsHost
                  + ":"
                  + workers.metricsPort()
                  + "/metrics; Ctrl-C stops");
      StopSignal.await();
    } catch (NoSuchFileException e) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          e.getFile()
              + " is missing: a worker needs its role's signing key and the trust folder; deploy/make-keys makes"
              + " them, and so does a './lockkeeper dev' on this state folder (development keys)",
          e);
    } catch (java.net.BindException e) {
      throw new CommandException(
          ExitCode.CONFLICT,
          e.getMessage() + "; name another one with --metrics-port (0 takes any free one)",
          e);
    }
    return ExitCode.OK.code();
  }

  private WorkerConfiguration configuration(
      ServerAddress server, Set<Role> taken, StateFolder state) {
    return new WorkerConfiguration(
        server.options(),
        server.namespace(),
        server.memory(),
        taken,
        state,
        StageSettings.environment()
            .with(StageSettings.GATEWAY, addresses())
            .with(StageSettings.STATE, state.path().toString()),
        metricsPort,
        metricsHost,
        version());
  }

  private String addresses() {
    return gateways.stream().map(URI::toString).collect(Collectors.joining(","));
  }

  private @Nullable WorkerVersion version() {
    if (buildId == null || buildId.isEmpty()) {
      return null;
    }
    try {
      return new WorkerVersion(deploymentName, buildId);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private static Set<Role> parse(List<String> labels) {
    WorkerRoles known = WorkerRoles.load();
    if (labels.equals(List.of("all"))) {
      return known.all();
    }
    try {
      return labels.stream().map(known::parse).collect(Collectors.toCollection(LinkedHashSet::new));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  /** What may be given as a role. */
  static final class RoleLabels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return WorkerRoles.load().all().stream().map(Role::label).iterator();
    }
  }
}
