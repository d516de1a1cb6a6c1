package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.secret.SecretSources;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.ZoneAccess;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The top command, whose options every subcommand takes. */
@Command(
    name = "lockkeeper",
    mixinStandardHelpOptions = true,
    version = "lockkeeper 0.1.0",
    description = "Takes a model from a raw file to production through gates that open in order.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  ./lockkeeper demo",
      "",
      "Exit codes and all commands: docs/cli.md"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class LockkeeperCommand implements Runnable {

  private static final String STORE = "LOCKKEEPER_STORE";
  private static final String SECRETS = "LOCKKEEPER_SECRETS";

  /** The form of a command's results. */
  public enum Output {
    text,
    json
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--state",
      scope = ScopeType.INHERIT,
      paramLabel = "FOLDER",
      defaultValue = "${env:LOCKKEEPER_STATE:-.lockkeeper}",
      description = "Where keys, stores and the server's data are (default: ${DEFAULT-VALUE}).")
  private Path state;

  @Option(
      names = "--output",
      scope = ScopeType.INHERIT,
      defaultValue = "text",
      description = "How to answer: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Output output;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "With an error, show where in the program it came from.")
  private boolean verbose;

  private final CliExtensions extras;
  private final Console console;

  LockkeeperCommand(CliExtensions extras, Console console) {
    this.extras = extras;
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  public StateFolder state() {
    return state(state, System.getenv());
  }

  /**
   * The state folder, with its zones and its keys where variables say, else in the folder.
   *
   * @throws CommandException if there is no such store or source of secrets
   */
  static StateFolder state(Path folder, Map<String, String> environment) {
    StateFolder state = new StateFolder(folder);
    URI zones = uri(environment, STORE, uri -> ArtifactStores.open(uri, ZoneAccess.NONE));
    URI secrets = uri(environment, SECRETS, SecretSources::open);
    state = zones == null ? state : state.withZones(zones);
    return secrets == null ? state : state.withSecrets(secrets);
  }

  private static @Nullable URI uri(
      Map<String, String> environment, String variable, Consumer<URI> opens) {
    String value = environment.getOrDefault(variable, "");
    try {
      if (value.isEmpty()) {
        return null;
      }
      URI uri = URI.create(value);
      opens.accept(uri);
      return uri;
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, variable + ": " + e.getMessage(), e);
    }
  }

  public boolean json() {
    return output == Output.json;
  }

  public boolean verbose() {
    return verbose;
  }

  public Console console() {
    return console;
  }

  /** Whether the user named the state folder. */
  public boolean stateGiven() {
    return System.getenv("LOCKKEEPER_STATE") != null || !state.equals(Path.of(".lockkeeper"));
  }

  /** What a command typed next must say of the state folder; empty if nothing. */
  public String stateOption() {
    return stateGiven() ? " --state " + quoted(state().path()) : "";
  }

  /** A path as a shell takes it. */
  public static String quoted(Path path) {
    String text = path.toString();
    boolean plain = text.matches("[A-Za-z0-9_./@%+=:,-]+");
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  SpecificationCheck check() {
    return extras.check();
  }

  OfflineRollback offlineRollback() {
    return extras.offlineRollback();
  }

  Telemetry telemetry() {
    return extras.telemetry();
  }
}
