package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
  private static Program deployment;

  @BeforeAll
  static void open() throws Exception {
    processes = new Processes(folder, text -> DemoFiles.soon(text, 1));
    gateway = processes.gateway();
    processes.worker(
        "ingestion,features,training,validation,registry,approval,monitoring,pipeline",
        gateway.toString());
    deployment = processes.worker("deployment", gateway.toString());
    for (String version : new String[] {"1", "2"}) {
      processes.release(version);
      JsonNode end = processes.terminal().awaitEnd("taxi-tips@" + version);
      assertEquals("PROMOTED", end.path("verdict").asText(), end.toString());
    }
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
  void rollbackWithoutAServer_isMadeWithTheDeploymentKey() throws Exception {
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
  }

  private static String stable() {
    try {
      return new GatewayClient(gateway)
          .get("/lockkeeper/v1/endpoints/taxi-tips/state")
          .path("stable")
          .path("version")
          .asText();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
