package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.store.ArtifactStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every protocol of the gateway asks. It starts with what the newest verified manifest of each
 * endpoint says.
 */
public final class InferenceService implements AutoCloseable {

  private static final int STOP_SECONDS = 10;

  private static final Duration[] BUCKETS =
      LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry metrics;
  private final ModelPool models;
  private final Endpoints endpoints;
  private final ZoneFollower follower;
  private final InferenceLogWriter log;
  private final Inference inference;
  private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService flushing = thread("inference-log");
  private final ScheduledExecutorService following = thread("manifests");

  private @Nullable ScheduledFuture<?> flush;
  private @Nullable ScheduledFuture<?> follow;

  /** Building a timer's tags for every request would cost more than measuring it. */
  private record TimerKey(String endpoint, String version, boolean fellBack) {}

  private InferenceService(
      ArtifactStore store,
      TrustStore trust,
      MeterRegistry metrics,
      Duration candidateTimeout,
      InstantSource clock) {
    this.metrics = metrics;
    models = new ModelPool(store, metrics);
    ManifestReader manifests = new ManifestReader(store);
    endpoints = new Endpoints(manifests, models, trust, metrics, clock);
    follower = new ZoneFollower(manifests, endpoints, clock, metrics);
    log = new InferenceLogWriter(store, endpoints.instance(), metrics, System::currentTimeMillis);
    inference = new Inference(log, candidateTimeout);
  }

  /**
   * Verifies and loads what every endpoint serves, begins to follow the deployments zone and to
   * write the inference log.
   *
   * @param store reads the models and deployments zones, writes the inference-log zone
   * @param trust whom it trusts; read anew at each change of a manifest
   * @param candidateTimeout how long each version of a canary may take: a candidate that takes
   *     longer is answered for by the stable version
   * @param logInterval longest time that a prediction waits before it is in the inference log
   * @param followInterval time between two looks for new manifests
   */
  public static InferenceService start(
      ArtifactStore store,
      TrustStore trust,
      MeterRegistry metrics,
      Duration candidateTimeout,
      Duration logInterval,
      Duration followInterval) {
    return start(
        store,
        trust,
        metrics,
        candidateTimeout,
        logInterval,
        followInterval,
        InstantSource.system());
  }

  /**
   * As above.
   *
   * @param clock says when a candidate's lease is over
   */
  static InferenceService start(
      ArtifactStore store,
      TrustStore trust,
      MeterRegistry metrics,
      Duration candidateTimeout,
      Duration logInterval,
      Duration followInterval,
      InstantSource clock) {
    InferenceService service = new InferenceService(store, trust, metrics, candidateTimeout, clock);
    service.follower.look();
    service.follow =
        service.following.scheduleWithFixedDelay(
            service.follower::lookOrReport,
            followInterval.toMillis(),
            followInterval.toMillis(),
            TimeUnit.MILLISECONDS);
    service.flush =
        service.flushing.scheduleWithFixedDelay(
            service.log::flushOrReport,
            logInterval.toMillis(),
            logInterval.toMillis(),
            TimeUnit.MILLISECONDS);
    return service;
  }

  /**
   * What an endpoint serves.
   *
   * @param version the stable version by its name; null for the endpoint with its canary
   * @throws UnknownNameException if there is no such endpoint, or another version is the stable one
   * @throws UnservedException if the endpoint is closed; the message says why
   */
  public Serving serving(String endpoint, @Nullable String version) {
    Serving serving = endpoints.find(endpoint);
    if (version == null) {
      return serving;
    }
    ServedModel stable = serving.stable();
    if (stable == null || !stable.version().equals(version)) {
      throw new UnknownNameException(
          "version '"
              + version
              + "' of endpoint '"
              + endpoint
              + "' does not serve as stable: expected "
              + (stable == null ? "none yet" : stable.version())
              + "; a candidate is reached through its canary alone");
    }
    return serving.stableAlone();
  }

  /**
   * Answers a request and logs it.
   *
   * @throws BadRequestException if the request does not fit the models
   * @throws UnservedException if no model answered
   */
  public InferenceResult infer(Serving serving, InferenceRequest request) {
    return inference.answer(serving, request);
  }

  /**
   * Counts an answered request in the metrics.
   *
   * @param startedNanos {@link System#nanoTime} when the request had arrived
   */
  public void answered(InferenceResult result, long startedNanos) {
    timers
        .computeIfAbsent(
            new TimerKey(result.endpoint(), result.version(), result.fellBack()), this::timer)
        .record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Takes a manifest: verified as a whole, then swapped at once.
   *
   * @throws ManifestRefusedException with the failing check; nothing has changed then
   */
  public Serving apply(String endpoint, long sequence) {
    return endpoints.apply(endpoint, sequence);
  }

  /** Counts under a manifest of this process; null for the one in force. */
  public Optional<CanaryCounts> counts(String endpoint, @Nullable Long sequence) {
    return endpoints.counts(endpoint, sequence);
  }

  /** Why endpoints are closed, by endpoint. */
  public Map<String, String> broken() {
    return endpoints.broken();
  }

  /**
   * What people should know of a gateway that serves all the same: which candidates it took back by
   * itself, whether it can read the deployments zone, which newer manifests it does not serve.
   */
  public List<String> warnings() {
    return Stream.concat(endpoints.lapsed().stream(), follower.warnings().stream()).toList();
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private Timer timer(TimerKey key) {
    return Timer.builder("lockkeeper_inference")
        .description("Answered inference requests, from their arrival to their answer")
        .serviceLevelObjectives(BUCKETS)
        .tag("endpoint", key.endpoint())
        .tag("version", key.version())
        .tag("fell_back", String.valueOf(key.fellBack()))
        .register(metrics);
  }

  /** Writes the rest of the log and releases the models; nothing may be asked any more. */
  @Override
  public void close() {
    if (flush != null) {
      flush.cancel(false);
    }
    if (follow != null) {
      follow.cancel(true);
    }
    following.shutdown();
    flushing.shutdown();
    try {
      following.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      flushing.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
    inference.close();
    models.close();
  }
}
