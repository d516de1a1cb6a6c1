package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a canary does to requests: who sees the candidate, and who answers when it does not. */
class CanaryTest {

  private static final String COUNTS = "/lockkeeper/v1/endpoints/tips/counts";

  @TempDir Path folder;
  private Releases releases;
  private Release stable;
  private Gateway gateway;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    releases = new Releases(folder);
    stable = releases.release("1", OnnxFile.logistic(0.5f, 0.1f));
    releases.file(stable, null, 0);
    start(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void routing_isStickyAndGrowsByAddingKeysAlone() throws Exception {
    Release candidate = releases.release("2", OnnxFile.logistic(0.4f, 0.1f));
    assertEquals(200, client.apply(releases.file(stable, candidate, 0.5)).status());
    Set<Integer> half = keysOfCandidate();
    assertEquals(200, client.apply(releases.file(stable, candidate, 10)).status());
    Set<Integer> ten = keysOfCandidate();
    assertEquals(ten, keysOfCandidate());
    assertEquals(200, client.apply(releases.file(stable, candidate, 50)).status());
    Set<Integer> fifty = keysOfCandidate();
    assertTrue(fifty.containsAll(ten));
    assertTrue(ten.containsAll(half));
    // Five standard deviations of a binomial of 2,000 requests: 16, 67 and 112.
    assertEquals(10, half.size(), 16);
    assertTrue(half.size() > 0, "one in 20,000 runs has none");
    assertEquals(200, ten.size(), 67);
    assertEquals(1_000, fifty.size(), 112);
  }

  @Test
  void candidateThatReturnsNoProbability_isAnsweredForAndCounted() throws Exception {
    canary(OnnxFile.linear(1f, 1f));
    JsonNode answer = client.infer("k", 2, 10).body();
    assertEquals("1", answer.path("model_version").asText());
    assertTrue(answer.path("parameters").path("fell_back").asBoolean());
    assertEquals(counted(1, 0, 1, 0), counts("candidate"));
    assertEquals(counted(0, 0, 0, 0), counts("stable"));
  }

  @Test
  void candidateThatReturnsNaN_isAnsweredForAndCounted() throws Exception {
    canary(OnnxFile.linear(Float.MAX_VALUE, -Float.MAX_VALUE));
    JsonNode answer = client.infer("k", 20, 1e30).body();
    assertEquals("1", answer.path("model_version").asText(), answer.toString());
    assertEquals(counted(1, 0, 1, 0), counts("candidate"));
  }

  @Test
  void candidateThatIsTooSlow_isAnsweredForAndCounted() throws Exception {
    gateway.close();
    start(Duration.ofMillis(500));
    canary(OnnxFile.slow());
    client.post("/v2/models/tips/versions/1/infer", manyRows(5_000));
    JsonNode answer = client.post("/v2/models/tips/infer", manyRows(5_000)).body();
    assertEquals("1", answer.path("model_version").asText());
    assertEquals(counted(1, 1, 0, 0), counts("candidate"));
  }

  @Test
  void requestThatIsTooLongForEitherVersion_countsAgainstNeither() throws Exception {
    gateway.close();
    releases = new Releases(Files.createDirectory(folder.resolve("other")));
    stable = releases.release("1", OnnxFile.slow());
    releases.file(stable, null, 0);
    start(Duration.ofMillis(1));
    Release candidate = releases.release("2", OnnxFile.slow());
    assertEquals(200, client.apply(releases.file(stable, candidate, 100)).status());
    JsonNode answer = client.post("/v2/models/tips/infer", manyRows(300)).body();
    assertEquals("1", answer.path("model_version").asText());
    assertEquals(counted(1, 0, 0, 1), counts("candidate"));
    assertEquals(200, client.apply(releases.file(stable, candidate, 0)).status());
    assertEquals(200, client.post("/v2/models/tips/infer", manyRows(300)).status());
    until(counted(1, 0, 0, 1), "stable");
  }

  @Test
  void failureOfTheStableVersionAlone_isItsOwn() throws Exception {
    gateway.close();
    releases = new Releases(Files.createDirectory(folder.resolve("other")));
    stable = releases.release("1", OnnxFile.linear(1f, 1f));
    releases.file(stable, null, 0);
    start(Duration.ofSeconds(30));
    canary(OnnxFile.logistic(0.4f, 0.1f), 0);
    assertEquals(503, client.infer("k", 2, 10).status());
    until(counted(1, 0, 1, 0), "stable");
    assertEquals(counted(0, 0, 0, 0), counts("candidate"));
  }

  @Test
  void requestThatNeitherVersionAnswers_countsAlikeInBothArms() throws Exception {
    Release candidate = releases.release("2", OnnxFile.logistic(0.4f, 0.1f));
    assertEquals(200, client.apply(releases.file(stable, candidate, 50)).status());
    for (int key = 0; key < 20; key++) {
      assertEquals(503, client.infer("key-" + key, 0, 10).status());
    }
    JsonNode counts = client.get(COUNTS).body();
    long candidates = counts.path("candidate").path("requests").asLong();
    until(counted(20 - candidates, 0, 0, 20 - candidates), "stable");
    assertEquals(counted(candidates, 0, 0, candidates), counts("candidate"));
  }

  @Test
  void candidateThatNeedsWhatClientsDoNotSend_isAnsweredForAndCounted() throws Exception {
    Release candidate = releases.release("2", OnnxFile.logistic(0.4f, 0.1f), "weather");
    assertEquals(200, client.apply(releases.file(stable, candidate, 100)).status());
    assertEquals("1", client.infer("k", 2, 10).body().path("model_version").asText());
    assertEquals(counted(1, 1, 0, 0), counts("candidate"));
  }

  @Test
  void mistakeOfTheClient_isNotTheCandidates() throws Exception {
    canary(OnnxFile.logistic(0.4f, 0.1f));
    Client.Answer answer =
        client.post(
            "/v2/models/tips/infer", Client.request("k", 2, 10).replace("[2.000000]", "[\"two\"]"));
    assertEquals(400, answer.status(), answer.toString());
    assertEquals(counted(0, 0, 0, 0), counts("candidate"));
  }

  @Test
  void requestThatNoVersionCanAnswer_isNotTheCandidates() throws Exception {
    canary(OnnxFile.logistic(0.4f, 0.1f));
    Client.Answer answer = client.infer("k", 0, 10);
    assertEquals(503, answer.status(), answer.toString());
    assertTrue(answer.error().contains("feature 'rate' is infinite"), answer.error());
    assertEquals(counted(1, 0, 0, 1), counts("candidate"));
    assertEquals(counted(0, 0, 0, 0), counts("stable"));
  }

  @Test
  void stableVersionByName_isNeverTheCandidate() throws Exception {
    canary(OnnxFile.logistic(0.4f, 0.1f));
    assertEquals("2", client.infer("k", 2, 10).body().path("model_version").asText());
    JsonNode answer =
        client.post("/v2/models/tips/versions/1/infer", Client.request("k", 2, 10)).body();
    assertEquals("1", answer.path("model_version").asText(), answer.toString());
    assertFalse(answer.path("parameters").path("canary").asBoolean());
    assertEquals(counted(1, 0, 0, 0), counts("candidate"));
    assertEquals(counted(0, 0, 0, 0), counts("stable"), "nobody drew its arm");
  }

  @Test
  void countsOfAnEarlierManifest_areKept() throws Exception {
    canary(OnnxFile.linear(1f, 1f));
    client.infer("k", 2, 10);
    long back = releases.file(stable, null, 0);
    assertEquals(200, client.apply(back).status());
    JsonNode before =
        client.get("/lockkeeper/v1/endpoints/tips/counts?sequence=" + (back - 1)).body();
    assertEquals(1, before.path("candidate").path("invalid").asInt(), before.toString());
  }

  @Test
  void keyThatFails_failsForTheFirstTimeOnceWhateverTheShare() throws Exception {
    Release candidate = releases.release("2", OnnxFile.linear(1f, 1f));
    assertEquals(200, client.apply(releases.file(stable, candidate, 99)).status());
    client.infer("k", 2, 10);
    client.infer("k", 2, 10);
    client.infer("l", 2, 10);
    assertEquals("{\"atRisk\":2,\"failed\":2,\"firstFailures\":2,\"keys\":2}", keys());
    assertEquals(200, client.apply(releases.file(stable, candidate, 100)).status());
    client.infer("k", 2, 10);
    client.infer("m", 2, 10);
    assertEquals("{\"atRisk\":1,\"failed\":2,\"firstFailures\":1,\"keys\":2}", keys());
  }

  private String keys() throws Exception {
    JsonNode candidate = client.get(COUNTS).body().path("candidate");
    return new String(
        Json.canonicalBytes(candidate.path("byKey")), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void everyAnswer_isInTheInferenceLogWithItsLineage() throws Exception {
    canary(OnnxFile.linear(1f, 1f));
    client.infer("k", 2, 10);
    gateway.close();
    List<JsonNode> records = new ArrayList<>();
    for (String line : releases.logged()) {
      records.add(Json.mapper().readTree(line));
    }
    assertEquals(1, records.size(), records.toString());
    JsonNode record = records.get(0);
    assertEquals("1", record.path("version").asText(), record.toString());
    assertEquals("CANDIDATE", record.path("arm").asText(), record.toString());
    assertTrue(record.path("fellBack").asBoolean(), record.toString());
    assertEquals("{\"fare\":10.0,\"miles\":2.0}", record.path("inputs").toString());
    assertEquals(
        stable.modelPackage().rootDigest(), record.path("packageRoot").asText(), record.toString());
    assertEquals("[2.0,5.0]", record.path("features").toString());
    start(Duration.ofSeconds(30));
  }

  private void canary(byte[] model) throws Exception {
    canary(model, 100);
  }

  private void canary(byte[] model, int percent) throws Exception {
    Client.Answer applied =
        client.apply(releases.file(stable, releases.release("2", model), percent));
    assertEquals(200, applied.status(), applied.toString());
  }

  private static String manyRows(int rows) {
    return Client.request("k", 2, 10)
        .replace("[1]", "[" + rows + "]")
        .replace("[2.000000]", Collections.nCopies(rows, 2).toString())
        .replace("[10.000000]", Collections.nCopies(rows, 10).toString());
  }

  private Set<Integer> keysOfCandidate() throws Exception {
    Set<Integer> keys = new TreeSet<>();
    for (int key = 0; key < 2_000; key++) {
      JsonNode answer = client.infer("key-" + key, 2, 10).body();
      if (answer.path("model_version").asText().equals("2")) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static String counted(long requests, long errors, long invalid, long common) {
    return String.format(
        Locale.ROOT,
        "{\"common\":%d,\"errors\":%d,\"invalid\":%d,\"requests\":%d}",
        common,
        errors,
        invalid,
        requests);
  }

  /** A failed request of the stable arm counts once the candidate has tried it, unseen. */
  private void until(String counted, String arm) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (!counts(arm).equals(counted)) {
            Thread.onSpinWait();
          }
        });
  }

  private String counts(String arm) throws Exception {
    ObjectNode counts = (ObjectNode) client.get(COUNTS).body().path(arm);
    counts.remove("byKey");
    return new String(Json.canonicalBytes(counts), java.nio.charset.StandardCharsets.UTF_8);
  }

  private void start(Duration candidateTimeout) throws IOException {
    gateway =
        Gateway.start(
            new GatewayConfiguration(
                "127.0.0.1", 0, releases.state(), candidateTimeout, Duration.ofSeconds(1)));
    client = Client.of(gateway);
  }
}
