package dev.lockkeeper.launcher;

import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.Extras;
import dev.lockkeeper.starter.Starter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program: the starter's command line and the commands that need the whole house. */
public final class Lockkeeper {

  private Lockkeeper() {}

  public static void main(String[] arguments) {
    System.setProperty("lockkeeper.logs", logs(arguments).toString());
    int exitCode = Starter.execute(extras(), Console.system(), arguments);
    StopSignal.finished();
    System.exit(exitCode);
  }

  /** What the command line takes from the whole house. */
  static Extras extras() {
    List<Object> commands = new ArrayList<>();
    Extras extras = new Extras(new CompiledSpecification(), new SpanFileTelemetry(), commands);
    commands.addAll(
        List.of(
            new DemoCommand(),
            new DevCommand(),
            new WorkerCommand(),
            new GatewayCommand(),
            new WarmUpCommand(extras)));
    return extras;
  }

  /** Logging starts before the command line is read. */
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
