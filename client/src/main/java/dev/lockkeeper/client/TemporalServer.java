package dev.lockkeeper.client;

import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Temporal server.
 *
 * @param options how it is reached
 * @param namespace the namespace
 */
public record TemporalServer(WorkflowServiceStubsOptions options, String namespace) {

  private static final String NAMESPACE = "default";

  /** Where Temporal's tools look in the user's home, on Linux and on macOS. */
  private static final List<String> DEFAULT_FILES =
      List.of(
          ".config/temporalio/temporal.toml",
          "Library/Application Support/temporalio/temporal.toml");

  /**
   * The server of {@code TEMPORAL_ADDRESS} or of the profile that the environment names, with its
   * TLS and API key, as Temporal's own tools read them; empty if neither names an address.
   *
   * @throws ClientException of kind {@code CONFIGURATION} if what is configured cannot be used
   */
  public static Optional<TemporalServer> configured() {
    try {
      ClientConfigProfile profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder().setDisableFile(!asksForFile()).build());
      String address = profile.getAddress();
      if (address == null || address.isEmpty()) {
        return Optional.empty();
      }
      String namespace = profile.getNamespace();
      return Optional.of(
          new TemporalServer(
              profile.toWorkflowServiceStubsOptions(),
              namespace == null || namespace.isEmpty() ? NAMESPACE : namespace));
    } catch (IOException | RuntimeException e) {
      throw new ClientException(
          ClientException.Kind.CONFIGURATION,
          "the Temporal configuration (TEMPORAL_… or its file)",
          "cannot be used: " + reason(e),
          e);
    }
  }

  /**
   * Without a file there is nothing to read, and its reader costs a command a tenth of its time.
   */
  private static boolean asksForFile() {
    Path home = Path.of(System.getProperty("user.home"));
    return System.getenv("TEMPORAL_CONFIG_FILE") != null
        || System.getenv("TEMPORAL_PROFILE") != null
        || DEFAULT_FILES.stream().map(home::resolve).anyMatch(Files::exists);
  }

  /**
   * A server without TLS.
   *
   * @param address {@code HOST:PORT}
   */
  public static TemporalServer at(String address, String namespace) {
    return new TemporalServer(
        WorkflowServiceStubsOptions.newBuilder().setTarget(address).build(), namespace);
  }

  /** The address as it was given. */
  public String address() {
    return options.getTarget();
  }

  private static String reason(Exception problem) {
    String first = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return problem.getCause() == null ? first : first + " (" + problem.getCause() + ")";
  }
}
