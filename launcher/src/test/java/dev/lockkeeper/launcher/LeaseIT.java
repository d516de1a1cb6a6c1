package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.starter.Connection;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A canary that nobody watches any more: every workflow of its endpoint was terminated. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Needs.Part.TEMPORAL)
class LeaseIT {

  @TempDir static Path folder;
  private static Processes processes;
  private static URI address;
  private static Program gateway;
  private static Program workers;

  @BeforeAll
  static void open() throws Exception {
    processes =
        new Processes(
            folder,
            text ->
                DemoFiles.soon(text, 1)
                    .replace("minimumRequests: 0", "minimumRequests: 3")
                    .replace("maximum: 5m", "maximum: 40s"));
    address = Processes.freeAddress();
    gateway = processes.gateway(address);
    workers = processes.worker("all", address.toString());
  }

  @AfterAll
  static void close() throws Exception {
    if (processes != null) {
      processes.close();
    }
  }

  @Test
  @Order(1)
  void candidateOfATerminatedCanary_isTakenBackByTheGatewayItself() throws Exception {
    processes.release("1");
    processes
        .terminal()
        .await(
            "taxi-tips@1",
            run -> Terminal.stage(run, "deployment").path("message").asText().contains("waits"));
    for (int request = 0; request < 3; request++) {
      new GatewayClient(address).post("/v2/models/taxi-tips/infer", TaxiRequests.of(1, 1.0), 200);
    }
    assertEquals("PROMOTED", processes.end("1").path("verdict").asText());
    orphan("2");
    assertEquals("2", state().path("candidate").path("version").asText());
    List<String> manifests = processes.manifests();

    Await.until(LeaseIT::state, state -> state.path("candidate").isNull());

    assertEquals(manifests, processes.manifests());
    assertEquals("1", state().path("stable").path("version").asText());
    String said = "endpoint 'taxi-tips' takes the share of candidate 2 back by itself, whose lease";
    gateway.await("ERROR .*" + said);
    JsonNode ready = new GatewayClient(address).get("/v2/health/ready");
    assertTrue(ready.path("warnings").path(0).asText().startsWith(said), ready.toString());
    String status = processes.terminal().type("status", "taxi-tips").out();
    assertTrue(status.contains("and the gateways took it back by themselves"), status);
  }

  @Test
  @Order(2)
  void rollback_endsTheOrphan() throws Exception {
    workers = processes.worker("all", address.toString());
    int before = processes.manifests().size();

    JsonNode rollback = processes.terminal().json("rollback", "taxi-tips", "--reason", "orphan");

    JsonNode restored = rollback.path("deployment").path("state");
    assertEquals("1", restored.path("stable").path("version").asText(), rollback.toString());
    assertTrue(restored.path("candidate").isNull(), rollback.toString());
    assertEquals(before + 1, processes.manifests().size());
    JsonNode ready = new GatewayClient(address).get("/v2/health/ready");
    assertTrue(ready.path("warnings").isMissingNode(), ready.toString());
  }

  @Test
  @Order(3)
  void nextRun_beginsFromTheStableVersion() throws Exception {
    orphan("3");
    workers = processes.worker("all", address.toString());

    processes.release("4");

    JsonNode tried =
        Await.until(
            LeaseIT::state, state -> state.path("candidate").path("version").asText().equals("4"));
    assertEquals("1", tried.path("stable").path("version").asText(), tried.toString());
  }

  /** Leaves a candidate with traffic and without a workflow. */
  private static void orphan(String version) throws Exception {
    int before = processes.manifests().size();
    processes.release(version);
    Await.until(() -> processes.manifests().size(), size -> size > before);
    workers.kill();
    try (Connection connection = Connection.open(processes.server())) {
      for (String id :
          List.of("taxi-tips@" + version, "canary/taxi-tips", "monitoring/taxi-tips")) {
        terminate(connection.client().temporal().newUntypedWorkflowStub(id));
      }
    }
  }

  private static void terminate(WorkflowStub workflow) {
    try {
      workflow.terminate("a drill");
    } catch (WorkflowNotFoundException e) {
      assertTrue(workflow.getExecution().getWorkflowId().startsWith("monitoring/"), e.toString());
    }
  }

  private static JsonNode state() {
    return Processes.state(address);
  }
}
