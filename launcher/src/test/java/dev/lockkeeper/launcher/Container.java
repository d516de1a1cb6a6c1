package dev.lockkeeper.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service of the compose file as a sandboxed process: not root, no capability, a read-only root,
 * its own mounts and nothing else of the system, its own environment. Unlike in a container, the
 * network is the machine's.
 */
final class Container implements AutoCloseable {

  private final Process process;
  private final Path out;
  private final Path err;

  private Container(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** The folder beside the compose file, and what stands in for the network's names. */
  record Engine(Path project, Path image, Map<String, String> environment) {

    Container start(ComposeFile.Service service, List<String> command, String... binds)
        throws IOException {
      List<String> line = new ArrayList<>(sandbox());
      for (ComposeFile.Mount mount : service.mounts()) {
        line.add(mount.writable() ? "--bind" : "--ro-bind");
        line.addAll(List.of(place(mount.source()).toString(), mount.target()));
      }
      line.addAll(List.of(binds));
      Map<String, String> settings = new TreeMap<>(service.environment());
      settings.putAll(environment);
      settings.forEach((name, value) -> line.addAll(List.of("--setenv", name, value)));
      line.addAll(
          List.of(
              System.getProperty("java.home") + "/bin/java",
              "-Xmx256m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              "/image/*",
              Lockkeeper.class.getName()));
      line.addAll(command);
      Path out = Files.createTempFile(project, service.name(), ".out");
      Path err = Files.createTempFile(project, service.name(), ".err");
      Process process =
          new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      return new Container(process, out, err);
    }

    private Path place(String source) throws IOException {
      return source.startsWith("./")
          ? project.resolve(source.substring(2))
          : Files.createDirectories(project.resolve("volumes").resolve(source));
    }

    private List<String> sandbox() {
      List<String> line = new ArrayList<>();
      line.addAll(List.of("bwrap", "--unshare-user", "--uid", "10001", "--gid", "10001"));
      line.addAll(List.of("--unshare-pid", "--die-with-parent", "--new-session"));
      line.addAll(List.of("--cap-drop", "ALL", "--clearenv", "--setenv", "PATH", "/usr/bin:/bin"));
      for (String folder : List.of("/usr", "/bin", "/lib", "/lib64", "/etc")) {
        line.addAll(List.of("--ro-bind-try", folder, folder));
      }
      line.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
      line.addAll(List.of("--tmpfs", "/state", "--ro-bind", image.toString(), "/image"));
      String java = System.getProperty("java.home");
      line.addAll(List.of("--ro-bind", java, java));
      return line;
    }
  }

  /** Waits until standard error says something, and answers its first group. */
  String await(String pattern) throws IOException {
    Pattern sought = Pattern.compile(pattern);
    long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (true) {
      Matcher matcher = sought.matcher(err());
      if (matcher.find()) {
        return matcher.group(matcher.groupCount() == 0 ? 0 : 1);
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("no '" + pattern + "' in: " + err());
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  /** Ends it as a power cut does. */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** Ends all of them at once; what they write lies still afterwards. */
  static void closeAll(Collection<Container> containers) {
    containers.forEach(Container::end);
    containers.forEach(Container::close);
  }

  @Override
  public void close() {
    end();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
