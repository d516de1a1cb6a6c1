package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that nobody calls serves what the deployments zone says. */
class ZoneFollowerTest {

  @TempDir Path folder;
  private Releases releases;
  private Release first;
  private Release second;
  private Gateway gateway;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    releases = new Releases(folder);
    first = releases.release("1", OnnxFile.logistic(0.5f, 0.1f));
    second = releases.release("2", OnnxFile.logistic(0.4f, 0.1f));
    gateway =
        Gateway.start(
            GatewayConfiguration.standard("127.0.0.1", 0, releases.state())
                .following(Duration.ofMillis(20)));
    client = Client.of(gateway);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void everyNewManifest_isServedWithoutACall() throws Exception {
    releases.file(first, null, 0);
    untilServed("1");
    releases.file(first, second, 100);
    untilServed("2");
    releases.file(first, null, 0);
    untilServed("1");
    assertEquals(3, sequence());
  }

  @Test
  void zoneThatCannotBeRead_isSaidAndFollowedAgainLater() throws Exception {
    releases.file(first, null, 0);
    untilServed("1");
    Path zone = releases.state().store().resolve("deployments");
    Path aside = zone.resolveSibling("aside");
    Files.move(zone, aside);

    until(() -> warning().startsWith("the deployments zone was last read at "));
    assertTrue(client.metric("lockkeeper_manifests_age_seconds") > 0);
    assertEquals("1", version());

    Files.move(aside, zone);
    releases.file(second, null, 0);
    untilServed("2");
    until(() -> warning().isEmpty());
  }

  @Test
  void manifestThatDoesNotVerify_isSaidAndStopsNothing() throws Exception {
    releases.file(first, null, 0);
    untilServed("1");
    releases.file(Role.REGISTRY, second, null, 0);

    until(() -> warning().startsWith("manifest 2 of endpoint 'tips' is refused: serving manifest"));
    assertEquals("1", version());

    releases.file(second, null, 0);
    untilServed("2");
    assertEquals("", warning());
  }

  @Test
  void manifestBehindOneThatDoesNotVerify_isServed() throws Exception {
    releases.file(first, null, 0);
    untilServed("1");
    releases.file(second, null, 0);
    releases.file(Role.REGISTRY, first, null, 0);

    untilServed("2");
    assertEquals(2, sequence());
  }

  @Test
  void endpointWhoseFirstManifestDoesNotVerify_staysClosedUntilOneDoes() throws Exception {
    releases.file(first, null, 0);
    releases.file(Role.REGISTRY, second, null, 0);
    Gateway late = Gateway.start(GatewayConfiguration.standard("127.0.0.1", 0, releases.state()));
    try (late) {
      assertEquals(503, Client.of(late).get("/v2/health/ready").status());
      assertEquals(503, Client.of(late).infer("k", 2, 10).status());
      releases.file(second, null, 0);
      until(() -> Client.of(late).get("/v2/health/ready").status() == 200);
    }
  }

  private void untilServed(String version) {
    until(() -> version().equals(version));
  }

  private static void until(Callable<Boolean> condition) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (!condition.call()) {
            Thread.onSpinWait();
          }
        });
  }

  private String version() throws Exception {
    return client.infer("k", 2, 10).body().path("model_version").asText();
  }

  private long sequence() throws Exception {
    JsonNode state = client.get("/lockkeeper/v1/endpoints/tips/state").body();
    return state.required("sequence").asLong();
  }

  /** The first warning of a gateway that is ready. */
  private String warning() throws Exception {
    Client.Answer ready = client.get("/v2/health/ready");
    assertEquals(200, ready.status(), ready.toString());
    return ready.body().path("warnings").path(0).asText();
  }
}
