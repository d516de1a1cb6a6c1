package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.workers.WorkerRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files end with their process, or with the next one. */
class TemporaryFolderIT {

  @TempDir Path folder;
  private Path temporary;

  @BeforeEach
  void prepare() throws IOException {
    WorkerRoles.load().initialise(new StateFolder(folder.resolve("state")));
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  @Test
  void whatAKilledProcessLeft_isGoneAfterTheNextStart() throws Exception {
    try (Program killed = gateway();
        Program alive = gateway()) {
      assertEquals(2, folders().size(), "one that is alive is left alone");
      killed.kill();
      assertEquals(2, folders().size());
      List<Path> before = folders();
      try (Program next = gateway()) {
        assertEquals(2, folders().size());
        assertNotEquals(before, folders());
      }
    }
    assertEquals(List.of(), folders());
  }

  private Program gateway() throws IOException {
    Program gateway =
        Program.start(
            folder,
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
            "gateway",
            "--port",
            "0",
            "--state",
            folder.resolve("state").toString());
    gateway.await("Ctrl-C stops");
    return gateway;
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.sorted().toList();
    }
  }
}
