package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.custody.ssh.SshSigner;
import dev.lockkeeper.starter.DevFile;
import dev.lockkeeper.starter.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@code dev} that is killed with -9 in the middle of a run goes on with it when it is started
 * again.
 */
class KilledDevIT {

  @TempDir Path folder;
  private Process dev;

  @AfterEach
  void stop() throws InterruptedException {
    if (dev != null) {
      dev.destroy();
      dev.waitFor();
    }
  }

  @Test
  void killedDev_goesOnWithTheRun() throws Exception {
    Path executable = TestExecutable.require();
    StateFolder state = new StateFolder(folder.resolve("state")).initialise();
    Terminal terminal = new Terminal(state, folder -> new Untraced());
    TaxiTrips.write(folder.resolve("trips.csv"), 5, 4_000);
    resource("contract.yaml");
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"lockkeeper-approval@v1\" "
            + SshSigner.generate(folder.resolve("alice"), "alice")
            + "\n");
    start(state, executable);
    Terminal.Answer run =
        terminal.type(
            "run", resource("release-1.yaml").toString(), "--version", "1", "--as", "engineer");
    assertEquals(0, run.exitCode(), run.err());
    terminal.await("taxi-tips@1", "training", "RUNNING");

    dev.destroyForcibly();
    dev.waitFor();
    start(state, executable);

    JsonNode status = terminal.await("taxi-tips@1", "approval", "WAITING");
    assertEquals(
        "WAITING", Terminal.stage(status, "approval").path("state").asText(), status.toString());
    assertEquals("DONE", Terminal.stage(status, "registry").path("state").asText());
  }

  /**
   * Commands of this process that leave no trace: its one global tracing belongs to another test.
   */
  private static final class Untraced implements Telemetry.Session {
    @Override
    public OpenTelemetry openTelemetry() {
      return OpenTelemetry.noop();
    }

    @Override
    public void close() {
      // There is nothing to export.
    }
  }

  private void start(StateFolder state, Path executable) throws IOException {
    Files.deleteIfExists(state.devFile());
    Path log = folder.resolve("dev.log");
    dev =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx768m",
                "-cp",
                System.getProperty("java.class.path"),
                Lockkeeper.class.getName(),
                "dev",
                "--state",
                state.path().toString(),
                "--temporal",
                executable.toString(),
                "--server",
                "dev",
                "--port",
                "0",
                "--ui-port",
                "0",
                "--gateway-port",
                "0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Files.readString(log).contains("Ctrl-C stops")) {
      assertTrue(dev.isAlive() && System.nanoTime() < deadline, Files.readString(log));
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    assertTrue(DevFile.read(state).isPresent());
  }

  private Path resource(String name) throws IOException {
    try (var in = DemoCommand.class.getResourceAsStream("demo/" + name)) {
      return Files.writeString(
          folder.resolve(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
