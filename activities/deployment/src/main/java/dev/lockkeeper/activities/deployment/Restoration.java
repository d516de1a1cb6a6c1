package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingArm;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.stage.StageException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes releases back, after whatever manifest is in force. It has to get through, so it never
 * gives way to a change that somebody else makes at the same time.
 */
final class Restoration {

  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

  private final Manifests manifests;
  private final RestoreInput input;
  private final Consumer<String> beforeWriting;
  private final String reason;

  /**
   * @param beforeWriting is told which manifest is about to be written, and throws if it must not
   */
  Restoration(Manifests manifests, RestoreInput input, Consumer<String> beforeWriting) {
    this.manifests = manifests;
    this.input = input;
    this.beforeWriting = beforeWriting;
    this.reason = input.reason() + " [" + input.requestId() + "]";
  }

  /**
   * What is in force once it is done.
   *
   * @param manifest written here or before
   * @param confirmation by the gateways that answered
   */
  record Restored(ServingManifest manifest, Confirmation confirmation) {}

  /**
   * Restores, and has the gateways confirm.
   *
   * @param started {@link System#nanoTime} of the decision
   */
  Restored confirmed(Gateways gateways, long started) {
    while (true) {
      ServingManifest manifest = manifest();
      try {
        return new Restored(
            manifest, gateways.confirmedByAny(manifest.endpoint(), manifest.sequence(), started));
      } catch (StageException refused) {
        if (Manifests.sequence(manifests.newest(manifest.endpoint())) == manifest.sequence()) {
          throw refused;
        }
        LOG.info("manifest {} was followed by another one meanwhile", manifest.sequence());
      }
    }
  }

  /** The manifest in force once it is done, written here or before. */
  ServingManifest manifest() {
    while (true) {
      Optional<ServingManifest> newest = manifests.newest(input.endpoint());
      if (newest.isEmpty() && takesBackWhateverServes()) {
        throw invalid("never served anything: there is nothing to restore");
      }
      if (newest.isPresent() && isOver(newest.get())) {
        return newest.get();
      }
      ServingManifest next =
          Manifests.after(Manifests.sequence(newest), input.endpoint(), arms(newest), reason);
      beforeWriting.accept("manifest " + next.sequence() + " of " + next.endpoint());
      if (manifests.write(next)) {
        return next;
      }
    }
  }

  /** A late attempt of a request must change nothing that came after the request. */
  private boolean isOver(ServingManifest now) {
    if (now.sequence() <= input.seen()) {
      return false;
    }
    boolean made =
        manifests.between(input.seen(), now).anyMatch(later -> later.reason().equals(reason));
    return made || !isServed(now);
  }

  private boolean takesBackWhateverServes() {
    return input.takesBack().isEmpty() && !input.anyCandidate();
  }

  /** Whether anything serves that is to be taken back. */
  private boolean isServed(ServingManifest now) {
    return takesBackWhateverServes()
        || (input.anyCandidate() && now.candidate() != null)
        || now.arms().stream()
            .map(arm -> arm.release().modelPackage().rootDigest())
            .anyMatch(input.takesBack()::contains);
  }

  /** Where nothing is to be taken back the arms stay, and only the sequence goes on. */
  private List<ServingArm> arms(Optional<ServingManifest> newest) {
    if (newest.isEmpty() || !isServed(newest.get())) {
      return newest.map(ServingManifest::arms).orElse(List.of());
    }
    return ServingManifest.arms(target(newest.get()), null, 0);
  }

  /** What to restore: in a canary the stable version, else the named one, else the one before. */
  private @Nullable Release target(ServingManifest now) {
    String version = input.version();
    Release stable = now.stable();
    if (version == null && now.candidate() != null) {
      return stable == null ? null : manifests.verified(stable, input.endpoint()).release();
    }
    Release target = version == null ? before(now, stable) : stable(now, version);
    if (target == null) {
      throw invalid(
          version == null
              ? "has no version before " + version(stable) + "; --to names one that served"
              : "never had version " + version + " as its stable one");
    }
    return manifests.verified(target, input.endpoint()).release();
  }

  /**
   * What was stable before the stable version first was: asked again after a rollback it goes
   * further back, and never to the release that was taken back.
   */
  private @Nullable Release before(ServingManifest now, @Nullable Release stable) {
    Release before = null;
    for (long sequence = 1; sequence <= now.sequence(); sequence++) {
      Release then = manifests.read(now.endpoint(), sequence).stable();
      if (version(then).equals(version(stable))) {
        break;
      }
      before = then == null ? before : then;
    }
    return before;
  }

  private @Nullable Release stable(ServingManifest now, String version) {
    return manifests
        .between(0, now)
        .flatMap(then -> Stream.ofNullable(then.stable()))
        .filter(stable -> version(stable).equals(version))
        .findFirst()
        .orElse(null);
  }

  private StageException invalid(String why) {
    return new StageException(
        FailureType.SPECIFICATION_INVALID, "endpoint '" + input.endpoint() + "' " + why);
  }

  private static String version(@Nullable Release release) {
    return release == null ? "none" : release.modelPackage().version();
  }
}
