package dev.lockkeeper.serving;

import dev.lockkeeper.store.StoreException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for manifests that are newer than those in force, so that each gateway of a store serves
 * what was decided last, also if nobody calls it.
 */
final class ZoneFollower {

  private static final Logger LOG = LoggerFactory.getLogger(ZoneFollower.class);

  /** To verify a release means to read its model: too much for every look. */
  private static final Duration REFUSED_AGAIN = Duration.ofSeconds(30);

  /** Behind more manifests that do not verify than these no good one is looked for. */
  private static final int TRIED = 16;

  private final ManifestReader manifests;
  private final Endpoints endpoints;
  private final InstantSource clock;
  private final Map<Manifest, Refusal> refused = new ConcurrentHashMap<>();
  private volatile Instant lastLook;
  private volatile @Nullable String unreadable;

  private record Manifest(String endpoint, long sequence) {}

  private record Refusal(String reason, Instant again) {}

  ZoneFollower(
      ManifestReader manifests, Endpoints endpoints, InstantSource clock, MeterRegistry metrics) {
    this.manifests = manifests;
    this.endpoints = endpoints;
    this.clock = clock;
    this.lastLook = clock.instant();
    Gauge.builder("lockkeeper_manifests_age", this, ZoneFollower::secondsSinceLook)
        .description("Time since the deployments zone was last looked through for new manifests")
        .baseUnit("seconds")
        .strongReference(true)
        .register(metrics);
  }

  /** As {@link #look}, for a timer: nothing that goes wrong ends it. */
  void lookOrReport() {
    try {
      endpoints.lapsed();
      look();
    } catch (StoreException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(unreadable)) {
        LOG.warn("the deployments zone cannot be read, what is in force stays: {}", reason);
      }
      unreadable = reason;
    } catch (RuntimeException e) {
      LOG.error("a look at the deployments zone broke, another one follows", e);
    }
  }

  /**
   * Applies the newest manifest of each endpoint that verifies, if it is newer than the one in
   * force. One that does not leaves its endpoint as it was. Where nothing is in force yet only the
   * newest counts: the one before it was replaced. As many endpoints as there are processors are
   * looked at at the same time, since to verify what they serve is most of a gateway's start.
   *
   * @throws StoreException if the zone cannot be read
   */
  void look() {
    manifests.endpoints().parallelStream().forEach(this::look);
    if (unreadable != null) {
      LOG.info("the deployments zone can be read again");
    }
    unreadable = null;
    lastLook = clock.instant();
  }

  private void look(String endpoint) {
    long inForce = endpoints.sequence(endpoint);
    List<Long> newer = manifests.after(endpoint, inForce);
    int tried = Math.min(newer.size(), inForce == 0 ? 1 : TRIED);
    boolean applied = false;
    for (int i = 1; i <= tried && !applied; i++) {
      applied = apply(new Manifest(endpoint, newer.get(newer.size() - i)));
    }
  }

  /** Newer manifests that are not served, and whether the zone can be read. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    String problem = unreadable;
    if (problem != null) {
      warnings.add(
          "the deployments zone was last read at "
              + lastLook
              + ", what was in force then is served: "
              + problem);
    }
    refused.forEach(
        (manifest, refusal) -> {
          if (manifest.sequence() > endpoints.sequence(manifest.endpoint())) {
            warnings.add(text(manifest) + " is refused: " + refusal.reason());
          }
        });
    return warnings;
  }

  private boolean apply(Manifest manifest) {
    Refusal before = refused.get(manifest);
    if (before != null && clock.instant().isBefore(before.again())) {
      return false;
    }
    try {
      endpoints.apply(manifest.endpoint(), manifest.sequence());
      refused.keySet().removeIf(earlier -> earlier.endpoint().equals(manifest.endpoint()));
      return true;
    } catch (ManifestRefusedException e) {
      String reason = String.valueOf(e.getMessage());
      refused.put(manifest, new Refusal(reason, again(e)));
      endpoints.refused(manifest.endpoint(), reason);
      if (before == null || !before.reason().equals(reason)) {
        LOG.error("{} is refused: {}", text(manifest), reason);
      }
      return false;
    }
  }

  /** What a store does not hand out now it may hand out at the next look. */
  private Instant again(ManifestRefusedException e) {
    boolean away =
        Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
            .anyMatch(
                cause ->
                    cause instanceof StoreException store
                        && store.kind() == StoreException.Kind.UNAVAILABLE);
    return away ? clock.instant() : clock.instant().plus(REFUSED_AGAIN);
  }

  private static String text(Manifest manifest) {
    return "manifest " + manifest.sequence() + " of endpoint '" + manifest.endpoint() + "'";
  }

  private double secondsSinceLook() {
    return Duration.between(lastLook, clock.instant()).toMillis() / 1e3;
  }
}
