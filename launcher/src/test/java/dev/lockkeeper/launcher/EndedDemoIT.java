package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.starter.DevFile;
import dev.lockkeeper.workers.WorkerRoles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demo that does not come to its good end: it ends even so, and leaves nothing running. */
class EndedDemoIT {

  @TempDir Path folder;

  @Test
  void releaseThatFails_endsTheDemo() throws Exception {
    StateFolder state = WorkerRoles.load().initialise(new StateFolder(folder.resolve("state")));
    Files.copy(
        state.trust().resolve("training.pub"),
        state.trust().resolve("ingestion.pub"),
        StandardCopyOption.REPLACE_EXISTING);
    try (Program demo = demo(state, "memory")) {
      OneError.of(demo, 1, "expected PROMOTED, then ROLLED_BACK", "CUSTODY_BROKEN");
    }
  }

  @Test
  @Needs(Needs.Part.TEMPORAL)
  void demoThatIsTerminated_takesItsServerWithIt() throws Exception {
    StateFolder state = new StateFolder(folder.resolve("state"));
    try (Program demo = demo(state, "dev", "--temporal", TestExecutable.require().toString())) {
      demo.await("release 1");
      long pid = DevFile.read(state).orElseThrow().serverPid();
      ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
      assertTrue(server.isAlive());

      demo.close();

      assertEquals(143, demo.exitCode());
      server.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  private Program demo(StateFolder state, String server, String... more) throws Exception {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(
        new String[] {"demo", "--state", state.path().toString(), "--server", server},
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Program.start(folder, Map.of(), arguments);
  }
}
