package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.store.ArtifactStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate whose canary is gone: the gateway takes its share back when its lease ends. */
class LeaseTest {

  private static final Instant END = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir Path folder;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Instant now = END.minusSeconds(1);
  private Releases releases;
  private Release stable;
  private Release candidate;
  private InferenceService service;

  @BeforeEach
  void start() throws IOException {
    releases = new Releases(folder);
    stable = releases.release("1", OnnxFile.logistic(0.5f, 0.1f));
    candidate = releases.release("2", OnnxFile.logistic(0.4f, 0.1f));
    releases.file(stable, candidate, 100, END);
    service = service();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void share_isTheStableVersionsFromTheEndOfTheLease() throws IOException {
    assertEquals("2", infer().version());
    assertEquals(0, lapsed());
    assertEquals(List.of(), service.warnings());

    now = END;

    assertEquals("1", infer().version());
    assertEquals(1, lapsed());
    assertNull(service.serving("tips", null).state().candidate());
    assertEquals(0, service.serving("tips", null).state().candidatePercent());
    assertEquals(
        List.of(
            "endpoint 'tips' takes the share of candidate 2 back by itself, whose lease ended at "
                + END),
        service.warnings());
    service.close();
    assertEquals(List.of("CANDIDATE", "STABLE"), loggedArms());
  }

  @Test
  void counts_stayAsTheyWereAtTheEndOfTheLease() {
    infer();
    now = END;
    infer();

    CanaryCounts counts = service.counts("tips", null).orElseThrow();
    assertEquals(1, counts.candidate().requests());
    assertEquals(0, counts.stable().requests());
  }

  @Test
  void nextManifest_endsTheAlarm() throws IOException {
    now = END;
    infer();
    service.apply("tips", releases.file(stable, candidate, 100, END.plusSeconds(60)));

    assertEquals("2", infer().version());
    assertEquals(0, lapsed());
    assertEquals(List.of(), service.warnings());
  }

  @Test
  void candidateWithoutALease_staysForEver() throws IOException {
    service.apply("tips", releases.file(stable, candidate, 100));
    now = END.plus(Duration.ofDays(10_000));

    assertEquals("2", infer().version());
    assertEquals(0, lapsed());
  }

  @Test
  void firstRelease_answersNothingAfterItsLease() throws IOException {
    service.apply("tips", releases.file(null, candidate, 100, END));
    now = END;

    UnservedException closed = assertThrows(UnservedException.class, this::infer);
    assertTrue(closed.getMessage().contains("has no stable version"), closed.getMessage());
  }

  @Test
  void gatewayThatStartsAfterTheEnd_servesTheStableVersion() throws IOException {
    service.close();
    now = END.plusSeconds(3600);
    metrics.clear();
    service = service();

    assertEquals("1", infer().version());
    assertEquals(1, lapsed());
  }

  private InferenceService service() throws IOException {
    return InferenceService.start(
        ArtifactStores.open(releases.state().zones(), Gateway.ACCESS),
        TrustStore.load(releases.state().trust()),
        metrics,
        Duration.ofSeconds(30),
        Duration.ofHours(1),
        Duration.ofHours(1),
        () -> now);
  }

  private InferenceResult infer() {
    return service.infer(
        service.serving("tips", null),
        new InferenceRequest(
            "a",
            "a",
            1,
            Map.of("miles", List.of(new Value.Numeric(2)), "fare", List.of(new Value.Numeric(10))),
            Set.of()));
  }

  private double lapsed() {
    return metrics.get("lockkeeper_candidate_lapsed").tag("endpoint", "tips").gauge().value();
  }

  private List<String> loggedArms() throws IOException {
    return releases.logged().stream()
        .map(line -> line.replaceAll(".*\"arm\":\"([A-Z]+)\".*", "$1"))
        .toList();
  }
}
