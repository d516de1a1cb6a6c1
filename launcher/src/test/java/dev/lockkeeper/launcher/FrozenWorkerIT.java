package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.workflows.run.LostWorker;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deployment worker whose process stands still right before it writes a change, until its server
 * has given it up and the change was taken back. When it goes on, it changes nothing.
 */
@Needs(Needs.Part.TEMPORAL)
class FrozenWorkerIT {

  @TempDir static Path folder;
  private static Processes processes;
  private static URI gateway;

  @BeforeAll
  static void open() throws Exception {
    processes = new Processes(folder, text -> DemoFiles.soon(text, 2));
    gateway = processes.gateway();
    processes.worker(
        Processes.WITHOUT_DEPLOYMENT, gateway.toString(), Map.of(LostWorker.VARIABLE, "10"));
    try (Program first = processes.worker("deployment", gateway.toString())) {
      processes.promote("1");
      assertEquals(2, processes.manifests().size(), first.said());
    }
  }

  @AfterAll
  static void close() throws Exception {
    if (processes != null) {
      processes.close();
    }
  }

  @Test
  void shiftThatWakesAfterARollback_changesNothing() throws Exception {
    assertTakenBack("2", 1, "ShiftTraffic", Set.of("ROLLED_BACK"));
  }

  /**
   * Once the server has given the worker up, another one promotes in its place. That may come
   * before the rollback reaches the canary: then the run was promoted, and is rolled back after it.
   */
  @Test
  void promotionThatWakesAfterARollback_changesNothing() throws Exception {
    assertTakenBack("3", 3, "PromoteModel", Set.of("ROLLED_BACK", "PROMOTED"));
  }

  /**
   * @param change which change of the canary the worker is frozen in, from 1
   */
  private static void assertTakenBack(
      String version, int change, String activity, Set<String> verdicts) throws Exception {
    Path store = processes.state().store();
    try (Program frozen = processes.heldWorker("deployment", gateway.toString())) {
      HeldStoreProvider.hold(store, processes.manifests().size() + change);
      processes.release(version);
      Await.until(() -> HeldStoreProvider.holds(store), held -> held);
      frozen.signal("STOP");
      List<String> restored = takenBack(version, verdicts);
      HeldStoreProvider.release(store);
      frozen.signal("CONT");
      frozen.await("Activity failure\\. .*" + activity);

      assertEquals(restored, processes.manifests());
    }
    JsonNode serving = Processes.state(gateway);
    assertEquals("1", serving.path("stable").path("version").asText(), serving.toString());
    assertEquals("null", serving.path("candidate").toString(), serving.toString());
  }

  /** Another worker takes over; answers the manifests after the rollback. */
  private static List<String> takenBack(String version, Set<String> verdicts) throws Exception {
    try (Program other = processes.worker("deployment", gateway.toString())) {
      Terminal.Answer rollback =
          processes.terminal().type("rollback", "taxi-tips", "--to", "1", "--reason", "drill");
      assertEquals(0, rollback.exitCode(), rollback.err() + other.said());
      JsonNode end = processes.end(version);
      assertTrue(verdicts.contains(end.path("verdict").asText()), end.toString());
      return processes.manifests();
    }
  }
}
