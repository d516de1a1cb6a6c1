package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.StateFolder;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.Optional;

/**
 * The Temporal server that a command talks to.
 *
 * @param options how it is reached
 * @param namespace the namespace
 * @param memory whether it is the in-memory server
 * @param ui the Web UI; empty if unknown
 * @param choice which one it is and why, in one line
 */
public record ServerAddress(
    WorkflowServiceStubsOptions options,
    String namespace,
    boolean memory,
    String ui,
    String choice) {

  /** The server of {@code TEMPORAL_ADDRESS} or the configured profile, if one is configured. */
  public static Optional<ServerAddress> configured() {
    try {
      ClientConfigProfile profile = ClientConfigProfile.load();
      String address = profile.getAddress();
      if (address == null || address.isEmpty()) {
        return Optional.empty();
      }
      String namespace = profile.getNamespace();
      String space = namespace == null || namespace.isEmpty() ? "default" : namespace;
      return Optional.of(
          new ServerAddress(
              profile.toWorkflowServiceStubsOptions(),
              space,
              false,
              "",
              "Temporal server "
                  + address
                  + ", namespace "
                  + space
                  + " (TEMPORAL_ADDRESS or the Temporal configuration file)"));
    } catch (IOException | RuntimeException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "the Temporal configuration (TEMPORAL_… or its file) cannot be used: " + reason(e),
          e);
    }
  }

  private static String reason(Exception problem) {
    String first = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return problem.getCause() == null ? first : first + " (" + problem.getCause() + ")";
  }

  /** A plain connection to an address. */
  public static ServerAddress at(
      String address, String namespace, boolean memory, String ui, String choice) {
    WorkflowServiceStubsOptions options =
        WorkflowServiceStubsOptions.newBuilder().setTarget(address).build();
    return new ServerAddress(options, namespace, memory, ui, choice);
  }

  /**
   * The server to use: the configured one, else that of a running {@code dev}.
   *
   * @throws CommandException if there is none; it says what to start
   */
  public static ServerAddress find(StateFolder state) {
    return configured().or(() -> ofDev(state)).orElseThrow(() -> nothing(state));
  }

  private static Optional<ServerAddress> ofDev(StateFolder state) {
    return DevFile.read(state)
        .filter(DevFile::running)
        .map(
            dev ->
                at(
                    dev.address(),
                    dev.namespace(),
                    dev.server().equals("memory"),
                    dev.ui(),
                    "Temporal server "
                        + dev.address()
                        + " of the running './lockkeeper dev' ("
                        + state.devFile()
                        + ")"));
  }

  private static CommandException nothing(StateFolder state) {
    return new CommandException(
        ExitCode.UNREACHABLE,
        "no Temporal server: TEMPORAL_ADDRESS is not set and no 'dev' runs on "
            + state.path()
            + "; start './lockkeeper dev' in another terminal, name its folder with --state, or"
            + " set TEMPORAL_ADDRESS");
  }
}
