package dev.lockkeeper.serving;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.formats.registry.ModelPackage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint serves under one manifest. Immutable but for its counters; it is swapped as a
 * whole.
 */
public final class Serving {

  private final ServingManifest manifest;
  private final @Nullable ServedModel stable;
  private final @Nullable ServedModel candidate;
  private final ArmCounter stableCounter;
  private final ArmCounter candidateCounter;
  private final CanaryKeys keys;
  private final boolean lapsed;
  private final int candidateParts;

  /**
   * Where a request goes.
   *
   * @param toCandidate whether the candidate was drawn
   * @param key 64 bits of its routing key's hash, none of them the bits that drew
   */
  record Draw(boolean toCandidate, long key) {}

  Serving(ServingManifest manifest, @Nullable ServedModel stable, @Nullable ServedModel candidate) {
    this(manifest, stable, candidate, new CanaryKeys(CanaryKeys.LIMIT));
  }

  private Serving(
      ServingManifest manifest,
      @Nullable ServedModel stable,
      @Nullable ServedModel candidate,
      CanaryKeys keys) {
    this.manifest = manifest;
    this.stable = stable;
    this.candidate = candidate;
    this.keys = keys;
    stableCounter = new ArmCounter();
    candidateCounter = new ArmCounter();
    lapsed = false;
    candidateParts = TrafficShare.parts(manifest.candidatePercent());
    keys.begin(manifest.sequence());
  }

  private Serving(Serving before) {
    manifest = before.manifest;
    stable = before.stable;
    candidate = null;
    keys = before.keys;
    stableCounter = before.stableCounter;
    candidateCounter = before.candidateCounter;
    lapsed = true;
    candidateParts = 0;
  }

  /** Whether its candidate's lease has ended, and its candidate still has a share. */
  boolean isOverdue(Instant now) {
    Instant end = manifest.leaseUntil();
    return candidate != null && end != null && !now.isBefore(end);
  }

  /** The same with the candidate's share at the stable version, and with the counts as they are. */
  Serving lapse() {
    return new Serving(this);
  }

  /** Whether its candidate lost its share because its lease ended. */
  boolean isLapsed() {
    return lapsed;
  }

  /** The same, with the keys of the manifest before if that tried the same candidate. */
  Serving following(@Nullable Serving before) {
    if (before == null || before.candidate == null || candidate == null) {
      return this;
    }
    return before.candidate.root().equals(candidate.root())
        ? new Serving(manifest, stable, candidate, before.keys)
        : this;
  }

  /** The endpoint's name. */
  public String endpoint() {
    return manifest.endpoint();
  }

  /**
   * Whether it is what a manifest says.
   *
   * @throws ManifestRefusedException if it is what a newer manifest says
   */
  boolean is(long sequence) {
    if (manifest.sequence() > sequence) {
      throw new ManifestRefusedException(
          "manifest " + sequence + " is older than " + manifest.sequence() + ", which is in force");
    }
    return manifest.sequence() == sequence;
  }

  /** Whether any model serves. */
  public boolean isReady() {
    return stable != null || candidate != null;
  }

  /** Whether a request may have to wait for a candidate. */
  public boolean isCanary() {
    return candidate != null;
  }

  /** What deployment asks for. */
  public ServingState state() {
    return new ServingState(
        manifest.endpoint(),
        manifest.sequence(),
        modelPackage(stable),
        modelPackage(candidate),
        candidate == null ? 0 : manifest.candidatePercent());
  }

  /** What clients ask for. */
  public EndpointMetadata metadata() {
    List<ServedModel> models =
        Stream.of(Optional.ofNullable(stable), Optional.ofNullable(candidate))
            .flatMap(Optional::stream)
            .toList();
    return new EndpointMetadata(
        manifest.endpoint(),
        models.stream().map(ServedModel::version).toList(),
        models.isEmpty() ? List.of() : models.get(0).program().inputColumns(),
        models.isEmpty() ? null : models.get(0).contract().positiveLabel());
  }

  ServingManifest manifest() {
    return manifest;
  }

  @Nullable ServedModel stable() {
    return stable;
  }

  @Nullable ServedModel candidate() {
    return candidate;
  }

  /**
   * Which arm a request draws: the same key always draws the same while the share does not fall,
   * and whoever is in at a small share stays in at a larger one.
   */
  Draw draw(String key) {
    ServedModel tried = candidate;
    if (tried == null) {
      return new Draw(false, 0);
    }
    String salted = manifest.endpoint() + ':' + tried.root() + ':' + key;
    ByteBuffer hash =
        ByteBuffer.wrap(Digests.newSha256().digest(salted.getBytes(StandardCharsets.UTF_8)));
    long part = Long.remainderUnsigned(hash.getLong(), TrafficShare.PARTS);
    return new Draw(part < candidateParts, hash.getLong());
  }

  /** Counts a request for the arm that it drew. */
  void count(Draw draw, Outcome outcome) {
    if (lapsed) {
      return;
    }
    boolean failed = outcome == Outcome.ERROR || outcome == Outcome.INVALID;
    CanaryKeys.First first =
        candidate == null
            ? CanaryKeys.First.NOTHING
            : keys.add(manifest.sequence(), draw.key(), failed);
    (draw.toCandidate() ? candidateCounter : stableCounter).count(outcome, first);
  }

  /** For who asks for the stable version by name: nobody drew its arm, so it counts in neither. */
  Serving stableAlone() {
    return new Serving(manifest, stable, null);
  }

  CanaryCounts counts(String instance) {
    return new CanaryCounts(
        manifest.endpoint(),
        instance,
        manifest.sequence(),
        manifest.candidatePercent(),
        stableCounter.counts(),
        candidateCounter.counts());
  }

  /** Whether either model reads a column. */
  boolean reads(Predicate<ServedModel> column) {
    return (stable != null && column.test(stable)) || (candidate != null && column.test(candidate));
  }

  private static @Nullable ModelPackage modelPackage(@Nullable ServedModel model) {
    return model == null ? null : model.modelPackage();
  }
}
