package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.workers.WorkerRoles;
import java.nio.file.Files;
import java.nio.file.Path;
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
