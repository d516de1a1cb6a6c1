package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A rollback where a worker is missing: it says so within seconds, and is made once it is back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Needs.Part.TEMPORAL)
class RollbackIT {

  private static final String INFER = "/v2/models/taxi-tips/infer";

  @TempDir static Path folder;
  private static Processes processes;
  private static URI gateway;
  private static Program pipeline;
  private static Program deployment;

  @BeforeAll
  static void open() throws Exception {
    processes =
        new Processes(
            folder,
            text -> DemoFiles.soon(text, 1).replace("minimumRequests: 0", "minimumRequests: 3"));
    gateway = processes.gateway();
    processes.worker(
        "ingestion,features,training,validation,registry,approval,monitoring", gateway.toString());
    pipeline = processes.worker("pipeline", gateway.toString());
    deployment = processes.worker("deployment", gateway.toString());
  }

  @AfterAll
  static void close() throws Exception {
    if (processes != null) {
      processes.close();
    }
  }

  @Test
  @Order(1)
  void firstRelease_waitsForTrafficAndSaysSo() throws Exception {
    processes.release("1");
    JsonNode waiting =
        processes
            .terminal()
            .await(
                "taxi-tips@1",
                run ->
                    Terminal.stage(run, "deployment").path("message").asText().contains("waits"));
    assertTrue(
        Terminal.stage(waiting, "deployment")
            .path("message")
            .asText()
            .startsWith("taxi-tips@1 waits for traffic: 0 of 3 requests at 100 %"),
        waiting.toString());

    for (int request = 0; request < 3; request++) {
      new GatewayClient(gateway).post(INFER, TaxiRequests.of(1, 1.0), 200);
    }

    assertEquals("PROMOTED", processes.end("1").path("verdict").asText());
  }

  @Test
  @Order(2)
  void rollbackWithoutADeploymentWorker_saysSoAndCallsTheCanaryBackAtOnce() throws Exception {
    processes.review("2");
    deployment.close();
    processes.approve("2");

    assertNotDone("no worker of role deployment has taken its work since ");
    JsonNode canary = processes.terminal().json("status", "taxi-tips").path("canary");
    assertTrue(
        canary.path("message").asText().startsWith("taxi-tips@2 was called back: drill"),
        canary.toString());

    deployment = processes.worker("deployment", gateway.toString());
    JsonNode end = processes.end("2");
    assertEquals("ROLLED_BACK", end.path("verdict").asText(), end.toString());
    assertTrue(end.path("message").asText().contains("called back: drill"), end.toString());
    JsonNode serving = Processes.state(gateway);
    assertEquals("1", serving.path("stable").path("version").asText(), serving.toString());
    assertEquals("null", serving.path("candidate").toString(), serving.toString());
  }

  @Test
  @Order(3)
  void rollbackWithoutAPipelineWorker_saysSo() {
    pipeline.close();

    assertNotDone("no worker of role pipeline has taken its work since ");
  }

  private static void assertNotDone(String reason) {
    Terminal.Answer answer =
        processes.terminal().type("rollback", "taxi-tips", "--reason", "drill", "--wait", "10s");
    assertEquals(5, answer.exitCode(), answer.out() + answer.err());
    assertTrue(answer.err().contains("waiting: " + reason), answer.err());
    assertTrue(
        answer.err().contains("endpoint taxi-tips was not rolled back within PT10S: " + reason),
        answer.err());
    assertTrue(
        answer.err().contains("the rollback goes on by itself for 30 minutes"), answer.err());
  }
}
