package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {

  @TempDir Path folder;

  @Test
  void take_whileTaken_namesTheFolderAndTheWayOut() throws IOException {
    StateFolder state = new StateFolder(folder);
    try (StateLock held = StateLock.take(state)) {
      CommandException refused = assertThrows(CommandException.class, () -> StateLock.take(state));

      assertEquals(ExitCode.CONFLICT, refused.exitCode());
      assertEquals(
          "another './lockkeeper dev' or 'demo' works on "
              + folder
              + "; stop it, or name another folder with --state",
          refused.getMessage());
    }
  }

  @Test
  void take_afterItWasReleased_works() throws IOException {
    StateFolder state = new StateFolder(folder);
    StateLock.take(state).close();
    StateLock.take(state).close();
  }
}
