package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.registry.ModelPackage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback restores.
 *
 * @param version the version; null for the one before the stable one
 * @param takesBack roots of the packages to take back; empty for whatever serves
 * @param anyCandidate whether only a candidate that is not seen yet is to be taken back
 */
public record RestorePlan(@Nullable String version, List<String> takesBack, boolean anyCandidate) {

  public RestorePlan {
    takesBack = List.copyOf(takesBack);
  }

  /**
   * In a canary the stable version by its name, never "the one before": the canary may take the
   * candidate back at the same time, or may not have begun to give it traffic, and "the one before"
   * would then go one too far. Without a candidate in sight the stable version stays as the canary
   * leaves it, which may take it back too if it was the candidate until now.
   *
   * @param before what the endpoint serves
   * @param asked the version that was asked for; null if none was
   * @param inCanary whether a canary was called back, though it may not have had traffic yet
   */
  public static RestorePlan of(ServingState before, @Nullable String asked, boolean inCanary) {
    ModelPackage stable = before.stable();
    boolean canary = inCanary || before.candidate() != null;
    String version = asked == null && canary && stable != null ? stable.version() : asked;
    boolean unseen = inCanary && asked == null && stable != null && before.candidate() == null;
    return new RestorePlan(version, takesBack(before, version), unseen);
  }

  /** The candidate, and the stable version if another one is restored. */
  private static List<String> takesBack(ServingState before, @Nullable String version) {
    List<String> roots = new ArrayList<>();
    ModelPackage candidate = before.candidate();
    if (candidate != null) {
      roots.add(candidate.rootDigest());
    }
    ModelPackage stable = before.stable();
    if (stable != null
        && !stable.version().equals(version)
        && (candidate == null || version != null)) {
      roots.add(stable.rootDigest());
    }
    return roots;
  }
}
