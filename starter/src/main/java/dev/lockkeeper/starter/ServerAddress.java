package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.client.ClientException;
import dev.lockkeeper.client.TemporalServer;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.Optional;

/**
 * The Temporal server that a command talks to.
 *
 * @param temporal the server itself
 * @param memory whether it is the in-memory server
 * @param ui the Web UI; empty if unknown
 * @param choice which one it is and why, in one line
 */
public record ServerAddress(TemporalServer temporal, boolean memory, String ui, String choice) {

  /** The server of {@code TEMPORAL_ADDRESS} or the configured profile, if one is configured. */
  public static Optional<ServerAddress> configured() {
    try {
      return TemporalServer.configured()
          .map(
              server ->
                  new ServerAddress(
                      server,
                      false,
                      "",
                      "Temporal server "
                          + server.address()
                          + ", namespace "
                          + server.namespace()
                          + " (TEMPORAL_ADDRESS or the Temporal configuration file)"));
    } catch (ClientException e) {
      throw new CommandException(ExitCode.USAGE, e.subject() + " " + e.detail(), e);
    }
  }

  /** A plain connection to an address. */
  public static ServerAddress at(
      String address, String namespace, boolean memory, String ui, String choice) {
    return new ServerAddress(TemporalServer.at(address, namespace), memory, ui, choice);
  }

  public WorkflowServiceStubsOptions options() {
    return temporal.options();
  }

  public String namespace() {
    return temporal.namespace();
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
