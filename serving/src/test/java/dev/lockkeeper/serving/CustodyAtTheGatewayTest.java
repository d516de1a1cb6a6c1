package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway serves what verifies as a whole, and goes on with what it had where it does not. */
class CustodyAtTheGatewayTest {

  @TempDir Path folder;
  private Releases releases;
  private Release first;
  private Gateway gateway;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    releases = new Releases(folder);
    first = releases.release("1", OnnxFile.logistic(0.5f, 0.1f));
    releases.file(first, null, 0);
    start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void nextManifest_isTakenAtOnce() throws Exception {
    long sequence = releases.file(releases.release("2", OnnxFile.logistic(0.4f, 0.1f)), null, 0);
    Client.Answer applied = client.apply(sequence);
    assertEquals(200, applied.status(), applied.toString());
    assertEquals("2", client.infer("k", 2, 10).body().path("model_version").asText());
  }

  @Test
  void manifestOfAnotherRole_isRefused() throws Exception {
    long sequence =
        releases.file(Role.REGISTRY, releases.release("2", OnnxFile.logistic(0.4f, 0.1f)), null, 0);
    refused(sequence, "serving manifest");
  }

  @Test
  void olderManifest_isRefused() throws Exception {
    assertEquals(200, client.apply(releases.file(release("2"), null, 0)).status());
    Client.Answer answer = client.apply(1);
    assertEquals(409, answer.status());
    assertEquals("manifest 1 is older than 2, which is in force", answer.error());
    assertEquals("2", client.infer("k", 2, 10).body().path("model_version").asText());
  }

  @Test
  void manifestThatIsNotThere_isRefused() throws Exception {
    refused(77, "there is no manifest 77 for endpoint 'tips'");
  }

  @Test
  void changedModelFile_isRefused() throws Exception {
    Release release = release("2");
    flip(release, "model.onnx");
    refused(releases.file(release, null, 0), "sha256");
  }

  @Test
  void changedFeatureProgram_isRefused() throws Exception {
    Release release = release("2");
    flip(release, "features.json");
    refused(releases.file(release, null, 0), "sha256");
  }

  @Test
  void approvalOfAnotherPackage_isRefused() throws Exception {
    Release good = release("2");
    Release other = releases.release("3", OnnxFile.logistic(0.3f, 0.1f));
    Release mixed = new Release(good.modelPackage(), other.approvalEnvelope());
    refused(releases.file(mixed, null, 0), "approv");
  }

  @Test
  void restartedGateway_servesTheNewestManifest() throws Exception {
    releases.file(release("2"), null, 0);
    gateway.close();
    start();
    assertEquals("2", client.infer("k", 2, 10).body().path("model_version").asText());
  }

  @Test
  void restartedGateway_saysWhyAnEndpointIsClosed() throws Exception {
    Release release = release("2");
    flip(release, "model.onnx");
    releases.file(release, null, 0);
    gateway.close();
    start();
    Client.Answer ready = client.get("/v2/health/ready");
    assertEquals(503, ready.status());
    assertTrue(ready.error().contains("tips="), ready.error());
    assertEquals(503, client.infer("k", 2, 10).status());
  }

  @Test
  void whatIsNoManifest_isPassedOver() throws Exception {
    Path zone = releases.state().store().resolve("deployments/named");
    Files.writeString(zone.resolve(".DS_Store"), "x");
    Files.writeString(zone.resolve("tips/notes.txt"), "x");
    Files.writeString(zone.resolve("tips/99999999999999999999"), "x");
    gateway.close();
    start();
    assertEquals("1", client.infer("k", 2, 10).body().path("model_version").asText());
  }

  @Test
  void allowedSignersThatCannotBeRead_closeTheEndpointAndSayWhy() throws Exception {
    Path signers = releases.state().allowedSigners();
    Files.writeString(
        signers,
        Files.readString(signers)
            .replace("bo namespaces", "bo valid-after=\"20260231Z\",namespaces"));
    gateway.close();
    start();
    assertTrue(
        client.get("/v2/health/ready").error().contains("there is no time '20260231Z'"),
        client.get("/v2/health/ready").toString());
  }

  @Test
  void longGoneRelease_leavesMemoryAndComesBackWhenWanted() throws Exception {
    for (int version = 2; version <= 20; version++) {
      Release release = release(String.valueOf(version));
      assertEquals(200, client.apply(releases.file(release, null, 0)).status());
    }
    assertEquals(
        17, client.metric("lockkeeper_loaded_models"), "the one in force and the sixteen before");

    assertEquals(200, client.apply(releases.file(first, null, 0)).status());
    assertEquals("1", client.infer("k", 2, 10).body().path("model_version").asText());
    assertEquals(17, client.metric("lockkeeper_loaded_models"));
  }

  private Release release(String version) throws IOException {
    return releases.release(version, OnnxFile.logistic(0.4f, 0.1f));
  }

  private void start() throws IOException {
    gateway =
        Gateway.start(
            GatewayConfiguration.standard("127.0.0.1", 0, releases.state())
                .following(Duration.ofHours(1)));
    client = Client.of(gateway);
  }

  /** Refused with its reason, and version 1 goes on serving. */
  private void refused(long sequence, String reason) throws Exception {
    Client.Answer answer = client.apply(sequence);
    assertEquals(409, answer.status(), answer.toString());
    assertTrue(answer.error().contains(reason), answer.error());
    assertEquals("1", client.infer("k", 2, 10).body().path("model_version").asText());
  }

  /** What somebody with write access to the zone could do. */
  private void flip(Release release, String name) throws IOException {
    PackageFile file =
        release.modelPackage().files().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    Path path = releases.state().store().resolve("models/sha256").resolve(file.artifact().sha256());
    byte[] content = Files.readAllBytes(path);
    content[content.length / 2] ^= 1;
    Files.delete(path);
    Files.write(path, content);
  }
}
