package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.Range;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are held out. A row's side depends on nothing but the seed and its key, or on its
 * time, so it is the same in every run.
 *
 * @param holdoutShare share of rows held out, above 0 and below 1
 * @param key a column whose equal values stay on one side; null takes the row's own content, and a
 *     row without a value of it is taken by its content too
 * @param seed the seed of the hash
 * @param time a split by time in place of the hash; null for none. The key then says which rows
 *     belong together, not on which side they are
 */
public record SplitSpecification(
    double holdoutShare, @Nullable String key, long seed, @Nullable TimeSplit time) {

  public static final Range<Double> HOLDOUT_SHARES = new Range<>(0.001, 0.999);

  /** A split by the hash of the key. */
  public SplitSpecification(double holdoutShare, @Nullable String key, long seed) {
    this(holdoutShare, key, seed, null);
  }

  public SplitSpecification {
    HOLDOUT_SHARES.require("split.holdoutShare", holdoutShare);
  }
}
