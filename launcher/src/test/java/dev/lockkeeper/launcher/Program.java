package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as a process of its own, started as a person starts it. */
final class Program implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it; what it says on either stream goes to a file of the folder. */
  static Program start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(folder, environment, List.of(), arguments);
  }

  /** As above, by a command that takes the program's command line as its last arguments. */
  static Program start(
      Path folder, Map<String, String> environment, List<String> by, String... arguments)
      throws IOException {
    return startWith(folder, environment, by, "", arguments);
  }

  /** As above, with more on its class path. */
  static Program startWith(
      Path folder,
      Map<String, String> environment,
      List<String> by,
      String more,
      String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(by);
    line.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path") + more,
            Lockkeeper.class.getName()));
    line.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, arguments[0], ".log");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new Program(builder.start(), log);
  }

  /** A {@code dev} on free ports that is ready. */
  static Program dev(Path folder, Path state, Path executable, String... more) throws IOException {
    return dev(folder, List.of(), state, executable, more);
  }

  /**
   * As above, with a process group of its own that heeds Ctrl-C, as a shell gives to what is typed:
   * what runs in the background may have been told to ignore it.
   */
  static Program devOfATerminal(Path folder, Path state, Path executable) throws IOException {
    return dev(folder, List.of("setsid", "env", "--default-signal=INT"), state, executable);
  }

  private static Program dev(
      Path folder, List<String> by, Path state, Path executable, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("dev", "--state", state.toString()));
    arguments.addAll(List.of("--server", "dev", "--temporal", executable.toString()));
    arguments.addAll(List.of("--port", "0", "--ui-port", "0", "--gateway-port", "0"));
    arguments.addAll(List.of(more));
    Program dev = start(folder, Map.of(), by, arguments.toArray(String[]::new));
    dev.await("Ctrl-C stops");
    return dev;
  }

  /** Waits until it says something, and answers its first group. */
  String await(String pattern) throws IOException {
    Pattern sought = Pattern.compile(pattern);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      Matcher matcher = sought.matcher(said());
      if (matcher.find()) {
        return matcher.group(matcher.groupCount() == 0 ? 0 : 1);
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new AssertionError("no '" + pattern + "' in: " + said());
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  /** Waits for its end. */
  int exitCode() throws IOException, InterruptedException {
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      close();
      throw new AssertionError("still running: " + said());
    }
    return process.exitValue();
  }

  String said() throws IOException {
    return Files.readString(log);
  }

  /** Freezes it ({@code STOP}) or lets it go on ({@code CONT}). */
  void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
    assertEquals(0, kill.waitFor());
  }

  long pid() {
    return process.pid();
  }

  /** Types Ctrl-C to its process group. */
  void interruptGroup() throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).inheritIO().start();
    assertEquals(0, kill.waitFor());
  }

  /**
   * Bounds the size of the files that it writes from here on, as a full disk does.
   *
   * @param bytes as {@code prlimit} takes it
   */
  void limitFiles(String bytes) throws IOException, InterruptedException {
    Process limit =
        new ProcessBuilder(
                "prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + bytes + ":")
            .inheritIO()
            .start();
    assertEquals(0, limit.waitFor());
  }

  /** Ends it as a power cut does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
