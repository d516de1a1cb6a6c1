package dev.lockkeeper.features;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.features.SplitSpecification;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Decides a row's side from the seed and the row's key, or from its time: the same row is on the
 * same side in every run, so validation can tell from a version's signed split which rows that
 * version may have been trained on.
 */
public final class RowSplit {

  private static final double TWO_POW_53 = 0x1p53;

  private final MessageDigest digest = Digests.newSha256();
  private final byte[] seed;
  private final double holdoutShare;
  private final @Nullable Double heldOutFrom;

  /**
   * @param heldOutFrom the time, in seconds since 1970, from which rows are held out; null for a
   *     split that is not by time
   */
  public RowSplit(SplitSpecification split, @Nullable Double heldOutFrom) {
    this.seed = ByteBuffer.allocate(Long.BYTES).putLong(split.seed()).array();
    this.holdoutShare = split.holdoutShare();
    this.heldOutFrom = heldOutFrom;
  }

  /**
   * Whether a row is held out.
   *
   * @param key its key, or its content where it has none
   * @param seconds its time in seconds since 1970; not a number where it has none
   */
  public boolean holdsOut(String key, double seconds) {
    if (heldOutFrom != null) {
      return seconds >= heldOutFrom;
    }
    digest.update(seed);
    long hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8))).getLong();
    return (hash >>> 11) / TWO_POW_53 < holdoutShare;
  }
}
