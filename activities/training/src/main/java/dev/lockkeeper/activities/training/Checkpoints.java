package dev.lockkeeper.activities.training;

import java.io.IOException;
import java.util.Optional;

/**
 * Where a trainer keeps its progress, so that an attempt after a lost machine goes on instead of
 * starting again. A trainer that fits in seconds needs none.
 */
public interface Checkpoints {

  /** What an earlier attempt kept last; empty at a fresh start. */
  Optional<byte[]> last();

  /** Whether enough has happened since the last one that another is worth its write. */
  boolean due();

  /**
   * Tells how far the fit is.
   *
   * @param text one line for people, for example {@code round 20 of 100}
   */
  default void tell(String text) throws IOException {
    // A test of a trainer alone has nobody to tell.
  }

  /**
   * Keeps the progress. Going on from it must give the very model that an uninterrupted fit gives.
   */
  void keep(byte[] progress) throws IOException;
}
