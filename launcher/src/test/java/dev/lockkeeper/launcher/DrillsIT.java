package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The drills of {@code docs/drills.md}, by the very commands of the page. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs({Needs.Part.TEMPORAL, Needs.Part.SQLITE})
class DrillsIT {

  private static final String PAGE = "docs/drills.md";

  @TempDir static Path folder;
  private static Processes processes;
  private static URI gateway;

  @BeforeAll
  static void open() throws Exception {
    processes = new Processes(folder, text -> DemoFiles.soon(text, 1));
    startAll();
    processes.promote("1");
  }

  private static void startAll() throws Exception {
    gateway = processes.gateway();
    processes.worker("all", gateway.toString());
  }

  @AfterAll
  static void close() throws Exception {
    if (processes != null) {
      processes.close();
    }
  }

  @Test
  @Order(1)
  void backupOfARunningHouse_isRestoredOnAnEmptyMachineAndOpenRunsGoOn() throws Exception {
    processes.review("2");
    int manifests = processes.manifests().size();
    type("Back up one machine");
    processes.close();
    delete(processes.state().path());

    type("Restore one machine");
    processes.restartServer();
    startAll();

    assertEquals(manifests, processes.manifests().size());
    assertEquals("1", stable());
    JsonNode waiting = processes.terminal().status("taxi-tips@2");
    assertEquals("WAITING", Terminal.stage(waiting, "approval").path("state").asText());
    processes.approve("2");
    assertEquals("PROMOTED", processes.end("2").path("verdict").asText());
    assertEquals("2", stable());
    Terminal.Answer verified = processes.terminal().type("verify", "taxi-tips");
    assertEquals(0, verified.exitCode(), verified.err());
  }

  @Test
  @Order(2)
  void lostDatabase_leavesWhatServesAndTheNextVersionIsReleased() throws Exception {
    processes.stopServer();
    type("Begin anew without Temporal's database");
    processes.restartServer();

    assertEquals("2", stable());
    Terminal.Answer gone = processes.terminal().type("status", "taxi-tips@2");
    assertEquals(6, gone.exitCode(), gone.out() + gone.err());
    Terminal.Answer rollback = processes.terminal().type("rollback", "taxi-tips");
    assertEquals(0, rollback.exitCode(), rollback.err());
    assertEquals("1", stable());
    processes.promote("3");
    assertEquals("3", stable());
  }

  @Test
  @Order(3)
  void commandsForAFullDisk_run() throws Exception {
    type("Make room on a full disk");
    assertTrue(Files.exists(processes.state().store().resolve("inference-log/zone")));
  }

  private static String stable() {
    return Processes.state(gateway).path("stable").path("version").asText();
  }

  private static void type(String heading) throws Exception {
    PageCommands.of(PAGE, heading)
        .type(folder, Map.of(".lockkeeper", processes.state().path().toString()));
  }

  private static void delete(Path state) throws Exception {
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
