package dev.lockkeeper.activities.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the training process is shut off. The level reached is part of the training record. */
enum Isolation {
  /**
   * Own user, process, network and mount namespaces; sees the JRE, the class path and its inputs
   * read-only, writes one folder, has no network.
   */
  BUBBLEWRAP("bubblewrap"),
  /** A process of its own with PATH and a locale for an environment. */
  PROCESS("process");

  /** By its locale Java knows how file names are written: without one, in ASCII. */
  static final Map<String, String> LOCALE = Map.of("LC_ALL", "C.UTF-8");

  private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);

  /** Asked once: whether this machine lets a sandbox start is a fact of the machine. */
  private static final Isolation BEST = probe();

  private final String label;

  Isolation(String label) {
    this.label = label;
  }

  static Isolation best() {
    return BEST;
  }

  String label() {
    return label;
  }

  /** The command that runs a Java command, with one folder to read and one to write. */
  List<String> command(List<String> java, List<String> classPath, Path input, Path output) {
    if (this == PROCESS) {
      return java;
    }
    List<String> command = new ArrayList<>(sandbox());
    for (String entry : classPath) {
      command.addAll(List.of("--ro-bind", entry, entry));
    }
    command.addAll(List.of("--ro-bind", input.toString(), input.toString()));
    command.addAll(List.of("--bind", output.toString(), output.toString()));
    command.addAll(List.of("--chdir", output.toString()));
    command.addAll(java);
    return command;
  }

  private static List<String> sandbox() {
    String home = System.getProperty("java.home", "/usr");
    List<String> command =
        new ArrayList<>(
            List.of("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"));
    LOCALE.forEach((name, value) -> command.addAll(List.of("--setenv", name, value)));
    command.addAll(List.of("--cap-drop", "ALL"));
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
    for (String place :
        List.of(
            "/usr",
            "/lib",
            "/lib64",
            "/etc/ld.so.cache",
            "/etc/java-" + Runtime.version().feature() + "-openjdk",
            "/etc/alternatives",
            home)) {
      command.addAll(List.of("--ro-bind-try", place, place));
    }
    return command;
  }

  private static Isolation probe() {
    List<String> command = new ArrayList<>(sandbox());
    command.addAll(
        List.of(
            System.getProperty("java.home", "/usr") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-version"));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return BUBBLEWRAP;
      }
      process.destroyForcibly();
      LOG.info("bubblewrap does not start a sandbox here: training is isolated as a process only");
    } catch (IOException e) {
      LOG.info("bubblewrap is not installed: training is isolated as a process only");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return PROCESS;
  }
}
