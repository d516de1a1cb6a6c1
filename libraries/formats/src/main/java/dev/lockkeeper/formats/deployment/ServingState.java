package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.registry.ModelPackage;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint serves, as the workflows need it.
 *
 * @param endpoint the endpoint
 * @param sequence the manifest in force; 0 if there is none
 * @param stable what serves; null before the first promotion
 * @param candidate what is tried; null outside a canary
 * @param candidatePercent share of the traffic for the candidate, in hundredths of a per cent at
 *     the finest
 */
public record ServingState(
    String endpoint,
    long sequence,
    @Nullable ModelPackage stable,
    @Nullable ModelPackage candidate,
    double candidatePercent) {

  /** Its versions for people. */
  public String versions() {
    String serving = stable == null ? "no version" : "version " + stable.version();
    return candidate == null ? serving : serving + " with candidate " + candidate.version();
  }
}
