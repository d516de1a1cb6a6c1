package dev.lockkeeper.starter;

import dev.lockkeeper.client.ClientException;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.run.ShortName;
import dev.lockkeeper.specification.Durations;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Rolls an endpoint back. */
@Command(
    name = "rollback",
    description =
        "Restores an earlier release of an endpoint: model, features, contract and thresholds"
            + " together.",
    footer = {
      "",
      "Example:",
      "  ./lockkeeper rollback chicago-taxi-tips --reason 'complaints from drivers'"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RollbackCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Parameters(paramLabel = "ENDPOINT", description = "The serving endpoint.")
  private String endpoint;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The version to restore (default: the one before).")
  private @Nullable String version;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "rolled back from the command line",
      description = "Why.")
  private String reason;

  @Option(
      names = "--as",
      paramLabel = "PRINCIPAL",
      description = "Who asks (default: LOCKKEEPER_USER, else your user name).")
  private @Nullable String principal;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "30m",
      description = "How long to wait; the rollback goes on after it (default: ${DEFAULT-VALUE}).")
  private String wait;

  @Option(
      names = "--offline",
      description =
          "Do it here, with the deployment role's key and zones and without a Temporal server.")
  private boolean offline;

  @Option(
      names = "--gateway",
      split = ",",
      paramLabel = "URL",
      defaultValue = "${env:LOCKKEEPER_GATEWAY:-http://127.0.0.1:8088}",
      description =
          "The gateways that are told with --offline (default: ${DEFAULT-VALUE}); each follows by"
              + " itself too.")
  private List<URI> gateways;

  @Override
  public Integer call() {
    requireEndpoint();
    Duration longest = duration(wait);
    RollbackInput input = new RollbackInput(endpoint, version, reason, Principal.of(principal));
    if (offline) {
      return offline(input).code();
    }
    try (Connection connection = connected()) {
      answer(rolledBack(connection, input, longest));
      return ExitCode.OK.code();
    }
  }

  private Connection connected() {
    try {
      return Connection.open(top);
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.UNREACHABLE) {
        top.console()
            .note(
                "where the deployment role's key is, './lockkeeper rollback "
                    + endpoint
                    + " --offline' needs no server");
      }
      throw e;
    }
  }

  /** Exit code 5 says, as with a server, that it is not known yet whether anything serves it. */
  private ExitCode offline(RollbackInput input) {
    RollbackResult result = top.offlineRollback().rollBack(top.state(), gateways, input);
    answer(result);
    Deployment made = result.deployment();
    Confirmation confirmation = made == null ? null : made.confirmation();
    if (confirmation == null || confirmation.confirmed() > 0) {
      return ExitCode.OK;
    }
    top.console().note("each gateway serves the manifest once it can read the deployments zone");
    return ExitCode.UNREACHABLE;
  }

  private RollbackResult rolledBack(Connection connection, RollbackInput input, Duration longest) {
    try {
      return connection
          .client()
          .rollBack(input, longest, waiting -> top.console().note("waiting: " + waiting));
    } catch (ClientException e) {
      throw ClientProblem.ofRollingBack(connection.server(), input.endpoint(), e);
    }
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, "--wait: expected a duration such as 30s or 10m, got '" + text + "'", e);
    }
  }

  private void requireEndpoint() {
    try {
      ShortName.require("endpoint", endpoint);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private void answer(RollbackResult result) {
    if (top.json()) {
      top.console().answerJson(result);
    } else {
      top.console().answer(result.message());
      Deployment restored = result.deployment();
      if (restored != null) {
        Confirmation confirmation = restored.confirmation();
        top.console()
            .answer(
                confirmation == null
                    ? String.format(
                        Locale.ROOT, "confirmed by the gateway after %.2f s", restored.seconds())
                    : confirmation.text());
      }
    }
  }
}
