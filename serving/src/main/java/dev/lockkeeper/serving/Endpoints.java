package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.features.ExpressionException;
import dev.lockkeeper.formats.deployment.ArmRole;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.store.StoreException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every endpoint serves now. */
final class Endpoints {

  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

  /** Manifests of an endpoint whose counts are still told and whose models stay loaded. */
  private static final int REMEMBERED = 16;

  private final ManifestReader manifests;
  private final ModelPool models;
  private final TrustStore trust;
  private final MeterRegistry metrics;
  private final InstantSource clock;
  private final String instance = UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, Serving> current = new ConcurrentHashMap<>();
  private final Map<String, Deque<Serving>> past = new ConcurrentHashMap<>();
  private final Map<String, String> broken = new ConcurrentHashMap<>();

  /**
   * Manifests are verified and loaded beside one another (read), and no model is released meanwhile
   * (write): it may be one that is about to serve.
   */
  private final ReadWriteLock loading = new ReentrantReadWriteLock();

  Endpoints(
      ManifestReader manifests,
      ModelPool models,
      TrustStore trust,
      MeterRegistry metrics,
      InstantSource clock) {
    this.manifests = manifests;
    this.models = models;
    this.trust = trust;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Random id of this process: counts of another one began anew. */
  String instance() {
    return instance;
  }

  /** An endpoint of which nothing is in force is closed by a manifest that does not verify. */
  synchronized void refused(String endpoint, String reason) {
    if (!current.containsKey(endpoint) && !reason.equals(broken.put(endpoint, reason))) {
      LOG.error("endpoint '{}' stays closed: {}", endpoint, reason);
    }
  }

  /**
   * Takes a manifest: verified as a whole under what is trusted now, then swapped at once. An older
   * one than the one in force is refused. Those of several endpoints may be taken at the same time.
   *
   * @throws ManifestRefusedException with the failing check; nothing has changed then
   */
  Serving apply(String endpoint, long sequence) {
    Serving now = current.get(endpoint);
    if (now != null && now.is(sequence)) {
      return now;
    }
    Serving after;
    loading.readLock().lock();
    try {
      after = swap(verified(() -> load(endpoint, sequence, trust.reload())));
    } finally {
      loading.readLock().unlock();
    }
    releaseModels();
    return after;
  }

  private synchronized Serving swap(Serving loaded) {
    String endpoint = loaded.endpoint();
    long sequence = loaded.manifest().sequence();
    Serving before = current.get(endpoint);
    if (before != null && before.is(sequence)) {
      return before;
    }
    Serving after = loaded.following(before);
    current.put(endpoint, after);
    if (before == null) {
      show(endpoint);
    } else {
      past(endpoint).addFirst(before);
    }
    broken.remove(endpoint);
    LOG.info(
        "endpoint '{}' serves manifest {}: stable {}, candidate {} at {} %",
        endpoint,
        sequence,
        version(after.stable()),
        version(after.candidate()),
        TrafficShare.text(after.manifest().candidatePercent()));
    return after;
  }

  private void show(String endpoint) {
    Gauge.builder("lockkeeper_canary_share", this, e -> e.candidateShare(endpoint))
        .description("The share of the requests that a candidate gets, from 0 to 1")
        .tag("endpoint", endpoint)
        .strongReference(true)
        .register(metrics);
    Gauge.builder("lockkeeper_serving_manifest", this, e -> e.sequence(endpoint))
        .description("The sequence of the manifest in force")
        .tag("endpoint", endpoint)
        .strongReference(true)
        .register(metrics);
    Gauge.builder("lockkeeper_candidate_lapsed", this, e -> e.isLapsed(endpoint) ? 1 : 0)
        .description("1 while a candidate's lease has ended and no manifest has taken it back")
        .tag("endpoint", endpoint)
        .strongReference(true)
        .register(metrics);
  }

  private double candidateShare(String endpoint) {
    Serving serving = inForce(endpoint);
    return serving == null ? 0 : serving.state().candidatePercent() / 100;
  }

  private boolean isLapsed(String endpoint) {
    Serving serving = inForce(endpoint);
    return serving != null && serving.isLapsed();
  }

  /** What an endpoint serves at this moment: a candidate whose lease has ended serves no more. */
  private @Nullable Serving inForce(String endpoint) {
    Serving serving = current.get(endpoint);
    if (serving == null || !serving.isOverdue(clock.instant())) {
      return serving;
    }
    if (current.replace(endpoint, serving, serving.lapse())) {
      LOG.error(
          "{}: its canary did not end in time. See 'lockkeeper status {}'",
          lapsed(serving.manifest()),
          endpoint);
    }
    return current.get(endpoint);
  }

  private static String lapsed(ServingManifest manifest) {
    Release candidate = manifest.candidate();
    return "endpoint '"
        + manifest.endpoint()
        + "' takes the share of candidate "
        + (candidate == null ? "none" : candidate.modelPackage().version())
        + " back by itself, whose lease ended at "
        + manifest.leaseUntil();
  }

  /** The endpoints that took a candidate back by themselves, each with its candidate. */
  List<String> lapsed() {
    return current.keySet().stream()
        .sorted()
        .flatMap(endpoint -> Stream.ofNullable(inForce(endpoint)))
        .filter(Serving::isLapsed)
        .map(serving -> lapsed(serving.manifest()))
        .toList();
  }

  /**
   * What an endpoint serves.
   *
   * @throws UnknownNameException if there is no such endpoint
   * @throws UnservedException if it is closed; the message says why
   */
  Serving find(String endpoint) {
    Serving serving = inForce(endpoint);
    if (serving != null) {
      return serving;
    }
    String why = broken.get(endpoint);
    if (why != null) {
      throw new UnservedException(why);
    }
    throw new UnknownNameException("there is no endpoint '" + endpoint + "'");
  }

  /** Counts under a manifest of this process, the one in force or an earlier one. */
  Optional<CanaryCounts> counts(String endpoint, @Nullable Long sequence) {
    Serving serving = current.get(endpoint);
    if (serving != null && sequence != null && serving.manifest().sequence() != sequence) {
      serving =
          past(endpoint).stream()
              .filter(earlier -> earlier.manifest().sequence() == sequence)
              .findFirst()
              .orElse(null);
    }
    return Optional.ofNullable(serving).map(s -> s.counts(instance));
  }

  /** Of the models that have served, those of the last manifests stay. */
  private void releaseModels() {
    if (past.values().stream().noneMatch(earlier -> earlier.size() > REMEMBERED)) {
      return;
    }
    loading.writeLock().lock();
    try {
      for (Deque<Serving> earlier : past.values()) {
        while (earlier.size() > REMEMBERED) {
          earlier.removeLast();
        }
      }
      models.keep(
          Stream.concat(current.values().stream(), past.values().stream().flatMap(Deque::stream))
              .flatMap(serving -> Stream.of(serving.stable(), serving.candidate()))
              .filter(Objects::nonNull)
              .collect(Collectors.toSet()));
    } finally {
      loading.writeLock().unlock();
    }
  }

  private Deque<Serving> past(String endpoint) {
    return past.computeIfAbsent(endpoint, none -> new ConcurrentLinkedDeque<>());
  }

  /** Why endpoints are closed, by endpoint. */
  Map<String, String> broken() {
    return Map.copyOf(broken);
  }

  /** The sequence of the manifest in force; 0 if there is none. */
  long sequence(String endpoint) {
    Serving serving = current.get(endpoint);
    return serving == null ? 0 : serving.manifest().sequence();
  }

  private Serving load(String endpoint, long sequence, TrustStore trusted) {
    ServingManifest manifest = manifests.read(endpoint, sequence, trusted);
    if (manifest.count(ArmRole.CANDIDATE) > 1 || manifest.count(ArmRole.SHADOW) > 0) {
      throw new ManifestRefusedException(
          "manifest "
              + manifest.sequence()
              + " has several candidates or a shadow: this gateway serves one stable release and"
              + " one candidate");
    }
    return new Serving(
        manifest,
        model(manifest.stable(), endpoint, trusted),
        model(manifest.candidate(), endpoint, trusted));
  }

  private @Nullable ServedModel model(
      @Nullable Release release, String endpoint, TrustStore trusted) {
    return release == null ? null : models.obtain(release, endpoint, trusted);
  }

  private static <T> T verified(Supplier<T> load) {
    try {
      return load.get();
    } catch (CustodyException | StoreException | ExpressionException | IllegalArgumentException e) {
      throw new ManifestRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String version(@Nullable ServedModel model) {
    return model == null ? "none" : model.version();
  }
}
