package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  /** An interval of a second, and a busy machine. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  /** A second of notice, the last answers, and the end of the process on a busy machine. */
  private static final Duration DRAINED = Duration.ofSeconds(12);

  @TempDir static Path folder;
  private static Processes processes;
  private static URI first;
  private static URI second;
  private static Program firstGateway;
  private static Program secondGateway;
  private static Program deployment;

  @BeforeAll
  static void open() throws Exception {
    processes = new Processes(folder, text -> DemoFiles.soon(text, 1));
    first = Processes.freeAddress();
    firstGateway = processes.gateway(first);
    second = Processes.freeAddress();
    secondGateway = processes.gateway(second);
    processes.worker(Processes.WITHOUT_DEPLOYMENT, first.toString());
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
    processes.promote("1");
    processes.promote("2");
    assertEquals("2", stableAt(second, "2"));

    JsonNode rollback = processes.terminal().json("rollback", "taxi-tips", "--reason", "drill");

    assertEquals("1", stableAt(second, "1"));
    assertEquals(Processes.state(first), Processes.state(second));
    JsonNode confirmation = rollback.path("deployment").path("confirmation");
    assertEquals(1, confirmation.path("gateways").asInt(), rollback.toString());
    assertEquals(1, confirmation.path("confirmed").asInt(), rollback.toString());
  }

  @Test
  @Order(2)
  void rollbackWithADeadGateway_isMadeAndNamesIt() throws Exception {
    deployment.close();
    deployment = processes.worker("deployment", first + "," + second);
    processes.promote("3");
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

  /** Traffic goes where a proxy would send it: to the first gateway while that is ready. */
  @Test
  @Order(3)
  void gatewayThatIsDrainedUnderTraffic_losesNoRequestAndNoPrediction() throws Exception {
    PageCommands drain = PageCommands.of("docs/drills.md", "Drain a gateway").with("PID");
    LiveTraffic traffic = new LiveTraffic(() -> isReady(first) ? first : second, "taxi-tips");
    try (traffic) {
      traffic.start(5).awaitAnswers(100);
      long asked = System.nanoTime();

      drain.type(folder, Map.of("PID", String.valueOf(firstGateway.pid())));
      assertEquals(0, firstGateway.exitCode(), firstGateway.said());

      Duration took = Duration.ofNanos(System.nanoTime() - asked);
      assertTrue(took.compareTo(DRAINED) < 0, took.toString());
      traffic.awaitAnswers(100);
    }
    assertEquals(0, traffic.failed(), traffic.firstFailure());
    assertEquals(Map.of("1", traffic.requests()), traffic.answeredBy());
    List<String> logged = Await.until(processes::logged, ids -> ids.size() >= traffic.requests());
    assertEquals(traffic.requests(), logged.size());
  }

  @Test
  @Order(4)
  void workerThatIsDrained_endsCleanly() throws Exception {
    PageCommands.of("docs/drills.md", "Drain a worker")
        .with("PID")
        .type(folder, Map.of("PID", String.valueOf(deployment.pid())));

    assertEquals(0, deployment.exitCode(), deployment.said());
  }

  private static boolean isReady(URI gateway) {
    try {
      new GatewayClient(gateway).get("/v2/health/ready");
      return true;
    } catch (IOException | AssertionError e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The stable version of a gateway once it is this one, or what it is when the time is over. */
  private static String stableAt(URI gateway, String version) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (true) {
      String stable = Processes.state(gateway).path("stable").path("version").asText();
      if (stable.equals(version) || System.nanoTime() > deadline) {
        return stable;
      }
      Thread.onSpinWait();
    }
  }
}
