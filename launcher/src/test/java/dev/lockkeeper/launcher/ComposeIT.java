package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.launcher.TraceReceiver.Received;
import dev.lockkeeper.workers.WorkerRoles;
import io.opentelemetry.proto.trace.v1.Span;
import io.temporal.worker.MetricsType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every worker, the gateway and the command line as the compose file starts them: processes of
 * their own, each with its own key and its own zones, on one Temporal server; their spans go to one
 * place.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs({Needs.Part.TEMPORAL, Needs.Part.BUBBLEWRAP})
class ComposeIT {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path project;
  private static final Map<String, Container> RUNNING = new LinkedHashMap<>();
  private static RunningServer server;
  private static TraceReceiver traces;
  private static ComposeFile compose;
  private static Container.Engine engine;
  private static URI gateway;
  private static JsonNode run;

  @BeforeAll
  static void up() throws Exception {
    compose = ComposeFile.read(ROOT.resolve("docker-compose.yml"));
    prepareFolders();
    traces = new TraceReceiver();
    server = temporal();
    int port = Ports.require(0, "", "the gateway");
    gateway = URI.create("http://127.0.0.1:" + port);
    engine =
        new Container.Engine(
            project,
            Path.of("target", "lib").toAbsolutePath(),
            Map.of(
                "TEMPORAL_ADDRESS", server.address().options().getTarget(),
                "LOCKKEEPER_GATEWAY", gateway.toString(),
                "LOCKKEEPER_METRICS_PORT", "0",
                "LOCKKEEPER_METRICS_HOST", "127.0.0.1",
                "OTEL_EXPORTER_OTLP_ENDPOINT", traces.address()));
    for (ComposeFile.Service service : compose.services().values()) {
      if (service.command().get(0).equals("worker")) {
        RUNNING.put(service.name(), engine.start(service, service.command()));
      }
    }
    startGateway(port);
  }

  @AfterAll
  static void down() {
    Container.closeAll(RUNNING.values());
    if (server != null) {
      server.close();
      traces.close();
    }
  }

  @Test
  @Order(1)
  void everyRole_hasAContainerThatIsReady() throws Exception {
    Set<String> roles = new TreeSet<>(RUNNING.keySet());
    assertTrue(roles.remove("gateway"));
    assertEquals(
        WorkerRoles.load().all().stream()
            .map(Role::label)
            .collect(Collectors.toCollection(TreeSet::new)),
        roles);
    for (String role : roles) {
      assertEquals(200, get(metrics(role).resolve("/health/ready")).statusCode(), role);
    }
    assertEquals(200, get(gateway.resolve("/v2/health/live")).statusCode());
  }

  @Test
  @Order(2)
  void release_goesToProductionThroughEveryContainer() throws Exception {
    Container follow =
        cli(
            "run",
            "/data/release-1.yaml",
            "--version",
            "1",
            "--as",
            "engineer",
            "--follow",
            "--output",
            "json");
    follow.await("(?i)approval +waiting");
    try (Container approve = asDocumented()) {
      assertEquals(0, approve.exitCode(), approve.err());
    }
    assertEquals(0, follow.exitCode(), follow.err());
    run = Json.read(follow.out().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    assertEquals("PROMOTED", run.path("verdict").asText(), run.toString());
    RUNNING.get("gateway").await("INFO .*'taxi-tips' serves manifest 2: stable 1, candidate none");
  }

  /** The command of the documents, by the owner of a key that nobody else may read. */
  private static Container asDocumented() throws IOException {
    Matcher command =
        Pattern.compile(
                "docker compose run --rm --user \"\\$\\(id -u\\):\\$\\(id -g\\)\""
                    + " -v \\S+:(\\S+):ro cli (approve .*)")
            .matcher(Files.readString(ROOT.resolve("docs/operations.md")));
    assertTrue(command.find());
    return engine.start(
        compose.services().get("cli"),
        List.of(
            command
                .group(2)
                .replace("RUN", "taxi-tips@1")
                .replace("PRINCIPAL", "alice")
                .split(" ")),
        "--ro-bind",
        project.resolve("alice").toString(),
        command.group(1));
  }

  @Test
  @Order(3)
  void verify_agreesFromMountsThatItCannotWrite() throws Exception {
    try (Container verify = cli("verify", "taxi-tips")) {
      assertEquals(0, verify.exitCode(), verify.err());
      assertTrue(verify.out().contains("approved for endpoint 'taxi-tips' by alice"), verify.out());
    }
  }

  @Test
  @Order(4)
  void oneTrace_goesThroughEveryProcess() {
    Set<String> services = new TreeSet<>(Set.of("lockkeeper-cli", "lockkeeper-gateway"));
    for (Role role : WorkerRoles.load().all()) {
      if (!role.equals(Role.MONITORING)) { // looks minutes later
        services.add("lockkeeper-worker-" + role.label());
      }
    }
    Await.until(() -> without(services, spansOfRun(), Received::service), Set::isEmpty);
    Set<String> names =
        Set.of("training process: fit", "gateway: apply manifest", "RunActivity:TrainModel");
    Await.until(
        () -> without(names, spansOfRun(), received -> received.span().getName()), Set::isEmpty);
  }

  @Test
  @Order(5)
  void judgement_linksToTheTraceOfWhoDecided() {
    Set<ByteString> decided =
        traces.spans().stream()
            .map(Received::span)
            .filter(span -> span.getName().equals("lockkeeper decide"))
            .map(Span::getSpanId)
            .collect(Collectors.toSet());
    assertEquals(1, decided.size(), decided.toString());
    Await.until(
        () ->
            spansOfRun().stream()
                .flatMap(received -> received.span().getLinksList().stream())
                .map(Span.Link::getSpanId)
                .collect(Collectors.toSet()),
        linked -> linked.containsAll(decided));
  }

  @Test
  @Order(6)
  void gateway_answersTraffic() throws Exception {
    LiveTraffic traffic = new LiveTraffic(gateway, "taxi-tips");
    try (traffic) {
      traffic.start(11).awaitAnswers(50);
    }
    assertEquals(0, traffic.failed(), traffic.firstFailure());
    assertEquals(Set.of("1"), traffic.answeredBy().keySet());
  }

  @Test
  @Order(7)
  void metricsOfTheOperationsPage_areThere() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/operations.md"));
    Set<String> promised =
        Pattern.compile("`((?:temporal|jvm|lockkeeper)_\\w+)`")
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(promised.size() > 5, promised.toString());
    // A counter of failures appears with the first one: its name is then the SDK's. DevServerIT
    // raises an alert.
    promised.remove("lockkeeper_drift_alerts_total");
    for (String counter :
        List.of(
            MetricsType.ACTIVITY_EXEC_FAILED_COUNTER,
            MetricsType.WORKFLOW_TASK_EXECUTION_FAILURE_COUNTER,
            io.temporal.serviceclient.MetricsType.TEMPORAL_REQUEST_FAILURE,
            io.temporal.serviceclient.MetricsType.TEMPORAL_LONG_REQUEST_FAILURE)) {
      promised.remove(counter + "_total");
    }
    Await.until(() -> shownByNobody(promised), Set::isEmpty);
  }

  @Test
  @Order(8)
  void ownMetrics_haveAHelpTextAndNoLabelOfTemporals() throws Exception {
    Pattern named = Pattern.compile("# HELP lockkeeper_\\w+ \\w.*");
    for (String role : RUNNING.keySet()) {
      List<String> own =
          shownBy(role).lines().filter(line -> line.contains("lockkeeper_")).toList();
      for (String line : own) {
        assertFalse(line.startsWith("# HELP") && !named.matcher(line).matches(), line);
        assertFalse(line.contains("=\"None\"") || line.contains("namespace="), line);
      }
    }
  }

  private static String shownBy(String role) throws IOException, InterruptedException {
    return get(role.equals("gateway") ? gateway.resolve("/metrics") : metrics(role)).body();
  }

  private static Set<String> shownByNobody(Set<String> metrics) {
    Set<String> missing = new TreeSet<>(metrics);
    for (String role : RUNNING.keySet()) {
      try {
        String text = shownBy(role);
        missing.removeIf(metric -> text.contains("\n" + metric));
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(role + " shows no metrics", e);
      }
    }
    return missing;
  }

  @Test
  @Order(9)
  void lookOfTheWatch_isATraceWithALinkToWhoToldItWhatToWatch() {
    String started = run.path("traceId").asText();
    Await.until(ComposeIT::linkedByLooks, linked -> linked.contains(started));
    assertFalse(
        spansOfRun().stream().anyMatch(one -> one.span().getName().contains("CompareWindow")));
    String trace = ToldWatch.tell(server.address().options(), "taxi-tips");
    Await.until(ComposeIT::linkedByLooks, linked -> linked.contains(trace));
  }

  /** The traces that looks of the watch have links to. */
  private static Set<String> linkedByLooks() {
    return traces.spans().stream()
        .map(Received::span)
        .filter(span -> span.getName().equals("StartActivity:CompareWindow"))
        .flatMap(span -> span.getLinksList().stream())
        .map(link -> HexFormat.of().formatHex(link.getTraceId().toByteArray()))
        .collect(Collectors.toSet());
  }

  @Test
  @Order(10)
  void gatewayThatIsKilled_servesAgainWithoutAnyWorker() throws Exception {
    RUNNING.remove("gateway").kill();
    Container.closeAll(RUNNING.values());
    startGateway(gateway.getPort());
    HttpResponse<String> ready = get(gateway.resolve("/v2/models/taxi-tips/ready"));
    assertEquals(200, ready.statusCode(), ready.body());
  }

  private static void startGateway(int port) throws IOException {
    Container container =
        engine.start(
            compose.services().get("gateway"),
            List.of("gateway", "--host", "127.0.0.1", "--port", String.valueOf(port)));
    RUNNING.put("gateway", container);
    for (Container each : RUNNING.values()) {
      each.await("Ctrl-C stops");
    }
  }

  private static Container cli(String... command) throws IOException {
    return engine.start(compose.services().get("cli"), List.of(command));
  }

  private static URI metrics(String role) throws IOException {
    return URI.create(RUNNING.get(role).await("(http://\\S+/metrics)"));
  }

  private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static List<Received> spansOfRun() {
    String trace = run.path("traceId").asText();
    return traces.spans().stream().filter(span -> span.traceId().equals(trace)).toList();
  }

  private static Set<String> without(
      Set<String> wanted, List<Received> spans, Function<Received, String> part) {
    Set<String> missing = new TreeSet<>(wanted);
    spans.forEach(span -> missing.remove(part.apply(span)));
    return missing;
  }

  /** What a person has done before {@code docker compose up}: keys, an approver, data. */
  private static void prepareFolders() throws Exception {
    Path deploy = Files.createDirectories(project.resolve("deploy"));
    Files.copy(ROOT.resolve("docker-compose.yml"), project.resolve("docker-compose.yml"));
    Files.copy(ROOT.resolve("deploy/make-keys"), deploy.resolve("make-keys"));
    Process keys =
        new ProcessBuilder("bash", deploy.resolve("make-keys").toString()).inheritIO().start();
    assertEquals(0, keys.waitFor());
    makeZones();
    Files.writeString(
        deploy.resolve("trust/allowed_signers"),
        "alice namespaces=\"lockkeeper-approval@v1\" "
            + SshSigner.generate(project.resolve("alice"), "alice")
            + "\n");
    Path data = Files.createDirectories(project.resolve("examples"));
    TaxiTrips.write(data.resolve("trips.csv"), 5, 4_000);
    // As a shared data folder has it: a worker that is not root may read it and no more.
    Files.setPosixFilePermissions(
        data.resolve("trips.csv"), PosixFilePermissions.fromString("r--r--r--"));
    DemoFiles.copy("contract.yaml", data, text -> text);
    DemoFiles.copy("release-1.yaml", data, text -> DemoFiles.watched(DemoFiles.soon(text, 1), 50));
  }

  /** As the service {@code zones} does. */
  private static void makeZones() throws Exception {
    Path volumes = Files.createDirectories(project.resolve("volumes"));
    for (Zone zone : Zone.OWN) {
      Files.createDirectory(volumes.resolve(zone.label()));
    }
    Process zones =
        new ProcessBuilder(
                "sh",
                ROOT.resolve("deploy/make-zones").toString(),
                volumes.toString(),
                Files.createDirectory(project.resolve("zones-made")).toString())
            .inheritIO()
            .start();
    assertEquals(0, zones.waitFor());
  }

  private static RunningServer temporal() throws Exception {
    ServerOptions options = new ServerOptions().onFreePorts();
    options.executable = TestExecutable.require();
    options.server = "dev";
    StateFolder state = new StateFolder(project.resolve("temporal")).initialise(List.of());
    return new ServerChoice(options, state, Terminal.quiet()).start();
  }
}
