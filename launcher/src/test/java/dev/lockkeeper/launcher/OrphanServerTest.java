package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.starter.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanServerTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private StateFolder state;
  private Process process;

  /** Something that serves the database of a state folder by its command line. */
  @BeforeEach
  void start() throws IOException {
    state = new StateFolder(folder.resolve("state"));
    Files.createDirectories(state.path());
    Files.createFile(state.database());
    process = reader("start-dev", "--db-filename", state.database().toString());
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void end_ofTheServerThatHasTheDatabaseOpen_endsItAndSaysSo() throws Exception {
    OrphanServer.end(state, console());

    assertFalse(process.isAlive());
    assertEquals(
        "ending the Temporal server (process "
            + process.pid()
            + ") of a 'dev' that was killed; its runs go on\n",
        said());
  }

  @Test
  void end_withAServerOfAnotherFolder_leavesIt() throws Exception {
    OrphanServer.end(new StateFolder(folder.resolve("other")), console());

    assertTrue(process.isAlive());
    assertEquals("", said());
  }

  @Test
  void end_withSomebodyWhoReadsTheDatabase_leavesIt() throws Exception {
    StateFolder read = new StateFolder(folder.resolve("read"));
    Process reader = reader("-f", read.database().toString());
    try {
      OrphanServer.end(read, console());

      assertTrue(reader.isAlive());
      assertEquals("", said());
    } finally {
      reader.destroyForcibly();
    }
  }

  @Test
  void childOf_findsTheServerByItsDatabase() {
    assertEquals(process.pid(), OrphanServer.childOf(ProcessHandle.current(), state.database()));
    assertEquals(0, OrphanServer.childOf(ProcessHandle.current(), folder.resolve("none.db")));
  }

  /** A process with these arguments that waits for input which never comes. */
  private static Process reader(String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("sh", "-c", "read line", "sh"));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).start();
  }

  private Console console() {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Console(stream, stream, false);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
