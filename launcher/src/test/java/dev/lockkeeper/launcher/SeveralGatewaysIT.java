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

/** Two gateways on one store, as processes of their own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Needs.Part.TEMPORAL)
class SeveralGatewaysIT {

  private static final String STATE = "/lockkeeper/v1/endpoints/taxi-tips/state";

  /** An interval of a second, and a busy machine. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  @TempDir static Path folder;
  private static Processes processes;
  private static URI first;
  private static URI second;
  private static Program secondGateway;
  private static Program deployment;

  @BeforeAll
  static void open() throws Exception {
    processes = new Processes(folder, text -> DemoFiles.soon(text, 1));
    first = processes.gateway();
    second = Processes.freeAddress();
    secondGateway = processes.gateway(second);
    processes.worker(
        "ingestion,features,training,validation,registry,approval,monitoring,pipeline",
        first.toString());
    deployment = processes.worker("deployment", first.toString());
  }

  @AfterAll
  static void close() throws Exception {
    if (processes != null) {
      processes.close();
    }
  }

  @Test
  @Order(1)
  void gatewayThatNobodyCalls_followsPromotionsAndARollback() throws Exception {
    promote("1");
    promote("2");
    assertEquals("2", stableAt(second, "2"));

    JsonNode rollback = processes.terminal().json("rollback", "taxi-tips", "--reason", "drill");

    assertEquals("1", stableAt(second, "1"));
    assertEquals(new GatewayClient(first).get(STATE), new GatewayClient(second).get(STATE));
    JsonNode confirmation = rollback.path("deployment").path("confirmation");
    assertEquals(1, confirmation.path("gateways").asInt(), rollback.toString());
    assertEquals(1, confirmation.path("confirmed").asInt(), rollback.toString());
  }

  @Test
  @Order(2)
  void rollbackWithADeadGateway_isMadeAndNamesIt() throws Exception {
    deployment.close();
    deployment = processes.worker("deployment", first + "," + second);
    promote("3");
    String promoted = processes.terminal().type("status", "taxi-tips@3").out();
    assertTrue(promoted.contains("confirmed by 2 of 2 gateways within "), promoted);
    secondGateway.kill();

    Terminal.Answer rollback = processes.terminal().type("rollback", "taxi-tips");

    assertEquals(0, rollback.exitCode(), rollback.err());
    String confirmed = "confirmed by 1 of 2 gateways within ";
    String missing = "; not by " + second + " (the gateway at " + second + " does not answer";
    assertTrue(rollback.out().contains(confirmed), rollback.out());
    assertTrue(rollback.out().contains(missing), rollback.out());
    assertEquals("1", stableAt(first, "1"));
    String status = processes.terminal().type("status", "taxi-tips").out();
    assertTrue(status.contains(confirmed) && status.contains(missing), status);

    secondGateway = processes.gateway(second);
    assertEquals("1", stableAt(second, "1"));
  }

  private static void promote(String version) {
    processes.release(version);
    JsonNode end = processes.terminal().awaitEnd("taxi-tips@" + version);
    assertEquals("PROMOTED", end.path("verdict").asText(), end.toString());
  }

  /** The stable version of a gateway once it is this one, or what it is when the time is over. */
  private static String stableAt(URI gateway, String version)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (true) {
      JsonNode state = new GatewayClient(gateway).get(STATE);
      String stable = state.path("stable").path("version").asText();
      if (stable.equals(version) || System.nanoTime() > deadline) {
        return stable;
      }
      Thread.onSpinWait();
    }
  }
}
