package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.KeyFiles;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.starter.Connection;
import dev.lockkeeper.workers.WorkerRoles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What people do with a run: read its page, decide as the documents say, use what is served. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReviewedReleaseIT {
  private static final String RUN = "taxi-tips@1";

  @TempDir private static Path folder;
  private static StateFolder state;
  private static LocalCluster cluster;
  private static Terminal terminal;

  @BeforeAll
  static void open() throws Exception {
    ServerOptions options = new ServerOptions().onFreePorts();
    options.server = "memory";
    state = WorkerRoles.load().initialise(new StateFolder(folder.resolve("state")));
    TaxiTrips.write(folder.resolve("trips.csv"), 5, 4_000);
    DemoFiles.copy("contract.yaml", folder, text -> text);
    Path pipeline = DemoFiles.copy("release-1.yaml", folder, text -> DemoFiles.soon(text, 1));
    String alice = SshSigner.generate(folder.resolve("alice"), "alice");
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"" + DecisionDocument.SIGNATURE_NAMESPACE + "\" " + alice + "\n",
        StandardOpenOption.APPEND);
    cluster = LocalCluster.open(options, 0, state, Terminal.quiet());
    terminal = new Terminal(state, folder -> new SharedTracing(cluster.tracing().openTelemetry()));
    Terminal.Answer started =
        terminal.type(
            "run",
            pipeline.toString(),
            "--version",
            "1",
            "--as",
            "engineer",
            "--reason",
            "first of its kind");
    assertEquals(0, started.exitCode(), started.err());
    terminal.await(RUN, "approval", "WAITING");
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void page_isCopiedAsItWasSigned() throws Exception {
    Path page = folder.resolve("page.html");

    Terminal.Answer copied = terminal.type("review", RUN, "--page", page.toString());

    assertEquals(0, copied.exitCode(), copied.err());
    assertTrue(copied.out().contains("promote taxi-tips@1"), copied.out());
    assertTrue(copied.out().contains("started by engineer: first of its kind"), copied.out());
    assertTrue(copied.err().contains("that engineer started the run is claimed"), copied.err());
    String text = Files.readString(page);
    assertTrue(text.startsWith("<!doctype html>") && text.contains("taxi-tips@1"), text);
    assertTrue(text.contains("first of its kind"), text);
    assertEquals(text, terminal.type("review", RUN, "--page", "-").out());
  }

  @Test
  @Order(2)
  void pageThatAnotherKeySigned_isRefused() throws Exception {
    Path trusted = state.trust().resolve("validation.pub");
    Path kept = Files.copy(trusted, folder.resolve("kept.pub"));
    KeyFiles.generate(folder.resolve("other.pem"), folder.resolve("other.pub"));
    Files.copy(folder.resolve("other.pub"), trusted, StandardCopyOption.REPLACE_EXISTING);
    Path page = folder.resolve("refused.html");

    Terminal.Answer refused = terminal.type("review", RUN, "--page", page.toString());

    Files.move(kept, trusted, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(9, refused.exitCode(), refused.out());
    assertTrue(refused.err().contains("the page of taxi-tips@1 does NOT verify"), refused.err());
    assertFalse(Files.exists(page));
  }

  @Test
  @Order(3)
  void decision_isSentAsTheDocumentSays() throws Exception {
    Path document = folder.resolve("decision.json");
    Terminal.Answer written =
        terminal.type("review", RUN, "--as", "alice", "--write", document.toString());
    assertEquals(0, written.exitCode(), written.err());
    byte[] signed = Files.readAllBytes(document);
    String signature =
        SshSigner.load(folder.resolve("alice")).sign(DecisionDocument.SIGNATURE_NAMESPACE, signed);
    String example = documented("approval.md", "(?s)```json\n(\\{\\s*\"document\".*?)```");
    JsonNode payload = Json.read(example.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    Map<String, String> values =
        Map.of("DOCUMENT", new String(signed, StandardCharsets.UTF_8), "SIGNATURE", signature);
    ((ObjectNode) payload)
        .put("document", values.get(payload.path("document").asText()))
        .put("signature", values.get(payload.path("signature").asText()));

    try (Connection connection = Connection.open(cluster.server().address())) {
      JsonNode receipt =
          connection
              .client()
              .temporal()
              .newUntypedWorkflowStub(RUN)
              .update("submitDecision", JsonNode.class, payload);

      assertEquals("accepted", receipt.path("kind").asText(), receipt.toString());
    }
    JsonNode end = terminal.awaitEnd(RUN);
    assertEquals("PROMOTED", end.path("verdict").asText(), end.toString());
  }

  @Test
  @Order(4)
  void curlThatIsShown_isAnswered() throws Exception {
    String shown = terminal.type("status", RUN).out();
    assertTrue(shown.contains("\ntry it: curl "), shown);
    assertTrue(terminal.type("status", "taxi-tips").out().contains("  try it    curl "));
    Matcher request =
        Pattern.compile("try it: curl -sS (\\S+?)(/v2/\\S+) -d '(.*)'").matcher(shown);
    assertTrue(request.find(), shown);

    assertEquals(cluster.gateway().toString(), request.group(1));
    JsonNode answer =
        new GatewayClient(cluster.gateway())
            .post(request.group(2), request.group(3).replace("'\\''", "'"), 200);

    assertEquals("1", answer.path("model_version").asText(), answer.toString());
  }

  private static String documented(String page, String pattern) throws Exception {
    String text =
        Files.readString(Path.of("..", "docs", "layers", page).toAbsolutePath().normalize());
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertTrue(found.find(), page + " has no such example");
    return found.group(1);
  }
}
