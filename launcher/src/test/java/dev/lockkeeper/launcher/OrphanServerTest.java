package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.DevFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanServerTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private StateFolder state;
  private Process process;

  /** Something that holds the database of a state folder by its command line. */
  @BeforeEach
  void start() throws IOException {
    state = new StateFolder(folder.resolve("state"));
    Files.createDirectories(state.path());
    Files.createFile(state.database());
    process = new ProcessBuilder("tail", "-f", state.database().toString()).start();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void end_ofTheServerThatHoldsTheDatabase_endsItAndSaysSo() throws Exception {
    write(state, process.pid());

    OrphanServer.end(state, console());

    assertFalse(process.isAlive());
    assertTrue(said().contains("(process " + process.pid() + ") of a 'dev' that was killed"));
  }

  @Test
  void end_ofAProcessThatHoldsAnotherDatabase_leavesIt() throws Exception {
    StateFolder other = new StateFolder(folder.resolve("other"));
    Files.createDirectories(other.path());
    write(other, process.pid());

    OrphanServer.end(other, console());

    assertTrue(process.isAlive());
    assertEquals("", said());
  }

  @Test
  void end_withoutDevFile_doesNothing() throws Exception {
    OrphanServer.end(state, console());

    assertTrue(process.isAlive());
    assertEquals("", said());
  }

  @Test
  void end_ofAServerThatIsGone_doesNothing() throws Exception {
    process.destroyForcibly().waitFor();
    write(state, process.pid());

    OrphanServer.end(state, console());

    assertEquals("", said());
  }

  @Test
  void childOf_findsTheServerByItsDatabase() {
    assertEquals(process.pid(), OrphanServer.childOf(ProcessHandle.current(), state.database()));
    assertEquals(0, OrphanServer.childOf(ProcessHandle.current(), folder.resolve("none.db")));
  }

  private static void write(StateFolder state, long serverPid) throws IOException {
    new DevFile("127.0.0.1:1", "default", "dev", "", "", 0, serverPid).write(state);
  }

  private Console console() {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Console(stream, stream, false);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
