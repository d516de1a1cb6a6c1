package dev.lockkeeper.activities.features;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.features.SplitSpecification;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Decides a row's side from the seed and the row's key alone: the same row is on the same side in
 * every run.
 */
final class RowSplit {

  private static final double TWO_POW_53 = 0x1p53;

  private final MessageDigest digest = Digests.newSha256();
  private final byte[] seed;
  private final double holdoutShare;

  RowSplit(SplitSpecification split) {
    this.seed = ByteBuffer.allocate(Long.BYTES).putLong(split.seed()).array();
    this.holdoutShare = split.holdoutShare();
  }

  boolean holdsOut(String key) {
    digest.update(seed);
    long hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8))).getLong();
    return (hash >>> 11) / TWO_POW_53 < holdoutShare;
  }
}
