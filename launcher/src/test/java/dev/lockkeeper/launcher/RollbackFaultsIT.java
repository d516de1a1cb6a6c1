package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A rollback where the store takes no manifest, and where there is no Temporal server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Needs.Part.TEMPORAL)
class RollbackFaultsIT {

  private static final Duration SECONDS = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static Processes processes;
  private static URI gateway;
  private static URI untold;
  private static Program deployment;

  @BeforeAll
  static void open() throws Exception {
    processes = new Processes(folder, text -> DemoFiles.soon(text, 1));
    gateway = processes.gateway();
    untold = processes.gateway();
    processes.worker(Processes.WITHOUT_DEPLOYMENT, gateway.toString());
    deployment = processes.worker("deployment", gateway.toString());
    processes.promote("1");
    processes.promote("2");
  }

  @AfterAll
  static void close() throws Exception {
    if (processes != null) {
      processes.close();
    }
  }

  @Test
  @Order(1)
  void rollbackIntoAFullStore_saysSoStopsWaitingAndGoesOnByItself() throws Exception {
    deployment.limitFiles("0");
    long started = System.nanoTime();

    Terminal.Answer answer =
        processes.terminal().type("rollback", "taxi-tips", "--reason", "drill", "--wait", "12s");

    assertEquals(5, answer.exitCode(), answer.out() + answer.err());
    assertTrue(System.nanoTime() - started < SECONDS.toNanos(), answer.err());
    assertTrue(answer.err().matches("(?s).*waiting: .*STORE_UNAVAILABLE: .*"), answer.err());
    assertTrue(
        answer.err().contains("endpoint taxi-tips was not rolled back within PT12S"), answer.err());
    assertEquals("2", stable());

    deployment.limitFiles("unlimited");
    Await.until(RollbackFaultsIT::stable, version -> version.equals("1"));
  }

  @Test
  @Order(2)
  void rollbackWithoutAServer_isMadeWithTheDeploymentKeyAndReachesGatewaysThatNobodyTold()
      throws Exception {
    processes.stopServer();
    Terminal.Answer unreachable = processes.terminal().type("rollback", "taxi-tips", "--to", "2");
    assertEquals(5, unreachable.exitCode(), unreachable.err());
    assertTrue(
        unreachable.err().contains("'./lockkeeper rollback taxi-tips --offline' needs no server"),
        unreachable.err());

    Terminal.Answer offline =
        processes
            .terminal()
            .type(
                "rollback",
                "taxi-tips",
                "--to",
                "2",
                "--offline",
                "--reason",
                "the server is down",
                "--gateway",
                gateway.toString());

    assertEquals(0, offline.exitCode(), offline.err());
    assertTrue(
        offline.out().contains("taxi-tips went from version 1 to version 2 by manifest "),
        offline.out());
    assertTrue(offline.out().contains("confirmed by 1 of 1 gateway within "), offline.out());
    assertEquals("2", stable());
    Await.until(() -> Processes.state(untold), at -> at.equals(Processes.state(gateway)));
  }

  private static String stable() {
    return Processes.state(gateway).path("stable").path("version").asText();
  }
}
