package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.ZoneAccess;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceLogWriterTest {

  @TempDir Path folder;

  @Test
  void predictionsOfAnOutage_areWrittenAfterwards() throws Exception {
    Releases releases = new Releases(folder);
    releases.file(releases.release("1", OnnxFile.logistic(0.5f, 0.1f)), null, 0);
    Path zone = Files.createDirectories(releases.state().store().resolve("inference-log"));
    Path aside = zone.resolveSibling("aside");
    try (Gateway gateway =
        Gateway.start(
            new GatewayConfiguration(
                "127.0.0.1", 0, releases.state(), Duration.ofSeconds(30), Duration.ofMillis(20)))) {
      Client client = Client.of(gateway);
      Files.move(zone, aside);
      Files.writeString(zone, "no folder");
      assertEquals(200, client.infer("a", 2, 10).status());
      assertEquals(200, client.infer("b", 3, 12).status());
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            while (client.metric("lockkeeper_inference_log_write_failures_total") < 2) {
              Thread.onSpinWait();
            }
          });

      Files.delete(zone);
      Files.move(aside, zone);
      assertEquals(200, client.infer("c", 4, 14).status());
      assertEquals(0, client.metric("lockkeeper_inference_log_dropped_total"));
    }
    assertEquals(3, releases.logged().size());
  }

  @Test
  void clockThatIsSetBack_putsNoSegmentBeforeTheLast() throws Exception {
    Releases releases = new Releases(folder);
    releases.file(releases.release("1", OnnxFile.logistic(0.5f, 0.1f)), null, 0);
    ArtifactStore store =
        ArtifactStores.open(
            releases.state().zones(),
            ZoneAccess.to(Zone.MODELS, Zone.DEPLOYMENTS, Zone.INFERENCE_LOG));
    Iterator<Long> clock = List.of(93_599_999L, 90_000_000L, 90_000_001L).iterator();
    MeterRegistry metrics = new SimpleMeterRegistry();
    InferenceLogWriter writer = new InferenceLogWriter(store, "i", metrics, clock::next);
    try (InferenceService service =
        InferenceService.start(
            store,
            TrustStore.load(releases.state().trust()),
            metrics,
            Duration.ofSeconds(2),
            Duration.ofHours(1),
            Duration.ofHours(1))) {
      Value two = new Value.Numeric(2);
      InferenceResult result =
          service.infer(
              service.serving("tips", null),
              new InferenceRequest(
                  "a", "a", 1, Map.of("miles", List.of(two), "fare", List.of(two)), Set.of()));
      String cursor = "";
      for (String hour :
          List.of("tips/1970-01-02/01/", "tips/1970-01-02/02/", "tips/1970-01-02/02/")) {
        writer.add(result);
        assertEquals(0, writer.flush());
        List<String> after = store.names(Zone.INFERENCE_LOG, "tips/", cursor).toList();
        assertEquals(1, after.size(), "behind the cursor " + cursor);
        cursor = after.get(0);
        assertTrue(cursor.startsWith(hour), cursor);
      }
    }
  }
}
