package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.starter.CliExtensions;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.Starter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program: the starter's command line and the commands that need every process. */
public final class Lockkeeper {

  private static final Set<String> SERVICES = Set.of("worker", "gateway");

  private Lockkeeper() {}

  public static void main(String[] arguments) {
    startLogging(arguments);
    int exitCode = Starter.execute(extras(), Console.system(), arguments);
    if (isService(arguments)) {
      StopSignal.finished(exitCode);
    } else {
      StopSignal.finished();
    }
    System.exit(exitCode);
  }

  /** What the command line takes from the other processes. */
  static CliExtensions extras() {
    List<Object> commands = new ArrayList<>();
    CliExtensions extras =
        new CliExtensions(
            new CompiledSpecification(),
            new SpanFileTelemetry(),
            new DeploymentKeyRollback(),
            commands);
    commands.addAll(
        List.of(
            new DemoCommand(),
            new DevCommand(),
            new WorkerCommand(),
            new GatewayCommand(),
            new InitCommand(),
            new WarmUpCommand(extras)));
    return extras;
  }

  /**
   * Logging starts before the command line is read: of a service to standard error, where those who
   * run it collect it, of everything else to the state folder.
   */
  private static void startLogging(String[] arguments) {
    System.setProperty(LoggingConfigurator.DESTINATION, isService(arguments) ? "console" : "file");
    System.setProperty(LoggingConfigurator.FOLDER, logs(arguments).toString());
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static boolean isService(String[] arguments) {
    return arguments.length > 0 && SERVICES.contains(arguments[0]);
  }

  private static Path logs(String[] arguments) {
    String folder = System.getenv().getOrDefault("LOCKKEEPER_STATE", ".lockkeeper");
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--state=")) {
        folder = arguments[i].substring("--state=".length());
      } else if (arguments[i].equals("--state") && i + 1 < arguments.length) {
        folder = arguments[i + 1];
      }
    }
    return new StateFolder(Path.of(folder)).logs();
  }
}
