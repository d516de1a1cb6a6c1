package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.registry.PackageFile;
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

/** A release is verified when it is new or the trust has changed, and at no other change. */
class VerifiedOnceTest {

  @TempDir Path folder;
  private Releases releases;
  private Release stable;
  private Release candidate;
  private Gateway gateway;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    releases = new Releases(folder);
    stable = releases.release("1", OnnxFile.logistic(0.5f, 0.1f));
    candidate = releases.release("2", OnnxFile.logistic(0.4f, 0.1f));
    releases.file(stable, null, 0);
    gateway =
        Gateway.start(
            GatewayConfiguration.standard("127.0.0.1", 0, releases.state())
                .following(Duration.ofHours(1)));
    client = Client.of(gateway);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void newCandidate_isAllThatIsVerified() throws Exception {
    assertVerifications(1);
    removeModelFile(stable);
    assertApplied(stable, candidate, 10);
    assertVerifications(2);
  }

  @Test
  void otherShareThenPromotionThenRollback_verifyNothing() throws Exception {
    assertApplied(stable, candidate, 10);
    removeModelFile(stable);
    removeModelFile(candidate);
    assertApplied(stable, candidate, 50);
    assertApplied(candidate, null, 0);
    assertEquals("2", client.infer("k", 2, 10).body().path("model_version").asText());
    assertApplied(stable, null, 0);
    assertEquals("1", client.infer("k", 2, 10).body().path("model_version").asText());
    assertVerifications(2);
  }

  @Test
  void otherApprovalOfALoadedPackage_isVerified() throws Exception {
    Release forged = new Release(stable.modelPackage(), candidate.approvalEnvelope());
    assertRefused(forged, null, "approv");
    assertVerifications(2);
  }

  @Test
  void packageOfAnotherEndpoint_isVerifiedOnceAndItsApprovalForEach() throws Exception {
    releases.fileFor("others", releases.approvedFor("others", stable));
    releases.fileFor("third", stable);
    removeModelFile(stable);

    Client.Answer others = client.post("/lockkeeper/v1/endpoints/others/manifests/1", "");
    assertEquals(200, others.status(), others.toString());
    Client.Answer third = client.post("/lockkeeper/v1/endpoints/third/manifests/1", "");
    assertEquals(409, third.status(), third.toString());
    assertTrue(third.error().contains("the approval is for endpoint 'tips'"), third.error());
    assertVerifications(3);
    assertEquals(1, client.metric("lockkeeper_loaded_models"));
  }

  @Test
  void withdrawnApprover_isNotOutlived() throws Exception {
    Path signers = releases.state().allowedSigners();
    String enrolled = Files.readString(signers);
    Files.writeString(signers, enrolled.replaceAll("(?m)^bo .*\n", ""));

    assertRefused(stable, candidate, "is not enrolled for 'bo'");

    Files.writeString(signers, enrolled);
    assertApplied(stable, candidate, 50);
    assertVerifications(3);
  }

  @Test
  void replacedKeyOfARole_isNotOutlived() throws Exception {
    Path trust = releases.state().trust();
    Path registry = trust.resolve("registry.pub");
    byte[] before = Files.readAllBytes(registry);
    Files.write(registry, Files.readAllBytes(trust.resolve("training.pub")));

    assertRefused(stable, candidate, "model signature: the signature is not by the trusted key");

    Files.write(registry, before);
    assertApplied(stable, candidate, 10);
  }

  @Test
  void keyThatCannotBeRead_isNamed() throws Exception {
    Path registry = releases.state().trust().resolve("registry.pub");
    long sequence = releases.file(stable, candidate, 50);
    Files.writeString(registry, "-----BEGIN PUBLIC");
    assertRefused(sequence, "the trust cannot be read: " + registry);
  }

  private void assertApplied(Release stableNow, Release candidateNow, int percent)
      throws Exception {
    Client.Answer answer = client.apply(releases.file(stableNow, candidateNow, percent));
    assertEquals(200, answer.status(), answer.toString());
  }

  private void assertRefused(Release stableNow, Release candidateNow, String reason)
      throws Exception {
    assertRefused(releases.file(stableNow, candidateNow, candidateNow == null ? 0 : 50), reason);
  }

  /** Refused with its reason, and the manifest before stays in force. */
  private void assertRefused(long manifest, String reason) throws Exception {
    long before = sequence();
    Client.Answer answer = client.apply(manifest);
    assertEquals(409, answer.status(), answer.toString());
    assertTrue(answer.error().contains(reason), answer.error());
    assertEquals(before, sequence());
    assertEquals("1", client.infer("k", 2, 10).body().path("model_version").asText());
  }

  private long sequence() throws Exception {
    JsonNode state = client.get("/lockkeeper/v1/endpoints/tips/state").body();
    return state.required("sequence").asLong();
  }

  private void assertVerifications(int count) throws IOException {
    assertEquals(count, client.metric("lockkeeper_release_verification_seconds_count"));
  }

  /** From here on the release does not verify. */
  private void removeModelFile(Release release) throws IOException {
    PackageFile model =
        release.modelPackage().files().stream()
            .filter(file -> file.name().equals(PackageFile.MODEL))
            .findFirst()
            .orElseThrow();
    Path files = releases.state().store().resolve("models/sha256");
    Files.delete(files.resolve(model.artifact().sha256()));
  }
}
