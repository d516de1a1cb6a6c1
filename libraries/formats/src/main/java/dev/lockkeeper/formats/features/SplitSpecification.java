package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.Range;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are held out. A row's side depends on nothing but the seed and its key, so it is the
 * same in every run.
 *
 * @param holdoutShare share of rows held out, above 0 and below 1
 * @param key a column whose equal values stay on one side; null takes the row's own content
 * @param seed the seed of the hash
 */
public record SplitSpecification(double holdoutShare, @Nullable String key, long seed) {

  public static final Range<Double> HOLDOUT_SHARES = new Range<>(0.001, 0.999);

  public SplitSpecification {
    HOLDOUT_SHARES.require("split.holdoutShare", holdoutShare);
  }
}
