package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.workers.WorkerRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code dev} that is killed with -9, or ended by Ctrl-C. */
@Needs(Needs.Part.TEMPORAL)
class KilledDevIT {

  @TempDir Path folder;
  private Program dev;

  @AfterEach
  void stop() {
    if (dev != null) {
      dev.close();
    }
  }

  /** A terminal sends Ctrl-C to all processes of its group, the Temporal server among them. */
  @Test
  void interruptedDev_endsWithoutAStackTrace() throws Exception {
    StateFolder state = new StateFolder(folder.resolve("state"));
    dev = Program.devOfATerminal(folder, state.path(), TestExecutable.require());

    dev.interruptGroup();

    assertEquals(130, dev.exitCode(), dev.said());
    assertTrue(dev.said().contains("stopped; './lockkeeper dev' goes on where it was"), dev.said());
    String log = Files.readString(state.logs().resolve("lockkeeper.log"));
    assertFalse(log.contains("\tat "), log);
    assertFalse(dev.said().contains("\tat "), dev.said());
    assertNobodyElseReads(state);
  }

  /** Histories, logs and traces have names, paths and figures of the data. */
  private static void assertNobodyElseReads(StateFolder state) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path top : List.of(state.logs(), state.traces(), state.keys())) {
      assertEquals("rwx------", permissions(top), top.toString());
      try (Stream<Path> all = Files.list(top)) {
        all.forEach(files::add);
      }
    }
    try (Stream<Path> all = Files.list(state.path())) {
      all.filter(file -> file.getFileName().toString().startsWith("temporal.db"))
          .forEach(files::add);
    }
    assertTrue(files.contains(state.database()), files.toString());
    assertTrue(files.contains(state.logs().resolve("temporal.log")), files.toString());
    for (Path file : files) {
      assertEquals("rw-------", permissions(file), file.toString());
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** It goes on with a run when it is started again. */
  @Test
  void killedDev_goesOnWithTheRun() throws Exception {
    Path executable = TestExecutable.require();
    StateFolder state = WorkerRoles.load().initialise(new StateFolder(folder.resolve("state")));
    Terminal terminal = new Terminal(state, folder -> new Untraced());
    TaxiTrips.write(folder.resolve("trips.csv"), 5, 4_000);
    DemoFiles.copy("contract.yaml", folder, text -> text);
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"lockkeeper-approval@v1\" "
            + SshSigner.generate(folder.resolve("alice"), "alice")
            + "\n");
    dev = Program.dev(folder, state.path(), executable);
    Terminal.Answer run =
        terminal.type(
            "run",
            DemoFiles.copy("release-1.yaml", folder, text -> text).toString(),
            "--version",
            "1",
            "--as",
            "engineer");
    assertEquals(0, run.exitCode(), run.err());
    terminal.await("taxi-tips@1", "training", "RUNNING");

    dev.kill();
    dev = Program.dev(folder, state.path(), executable);

    JsonNode status = terminal.await("taxi-tips@1", "approval", "WAITING");
    assertEquals(
        "WAITING", Terminal.stage(status, "approval").path("state").asText(), status.toString());
    assertEquals("DONE", Terminal.stage(status, "registry").path("state").asText());
    assertEquals(0, terminal.type("cancel", "taxi-tips@1", "--reason", "drill").exitCode());
    assertEquals("CANCELLED", terminal.awaitEnd("taxi-tips@1").path("verdict").asText());
  }
}
