package dev.lockkeeper.serving;

import java.util.HashMap;
import java.util.Map;

/**
 * The routing keys of one candidate's canary, by 64 bits of their hash. They outlive a manifest: a
 * key fails for the first time once, whatever the candidate's share is then. From {@link #LIMIT}
 * keys on only those that fail are remembered, and how many there are is counted no further.
 */
final class CanaryKeys {

  /** About 10 MB. */
  static final int LIMIT = 1 << 17;

  private static final int FAILED = 1;
  private static final int SEEN_NOW = 2;
  private static final int FAILED_NOW = 4;

  /**
   * What a request was the first of.
   *
   * @param seen of its key under this manifest
   * @param failed failed one of its key under this manifest
   * @param atRisk of its key under this manifest, and the key has not failed before
   * @param everFailed failed one of its key since the candidate came
   */
  record First(boolean seen, boolean failed, boolean atRisk, boolean everFailed) {

    static final First NOTHING = new First(false, false, false, false);
  }

  private final int limit;
  private final Map<Long, Integer> marks = new HashMap<>();
  private boolean full;
  private long manifest;

  CanaryKeys(int limit) {
    this.limit = limit;
  }

  /** Begins with the keys of another manifest. */
  synchronized void begin(long sequence) {
    manifest = sequence;
    full = false;
    forgetGoodKeys();
    marks.replaceAll((key, mark) -> FAILED);
  }

  /**
   * Adds a request. One that was routed under an earlier manifest and ends under this one is the
   * first of nothing.
   *
   * @param key 64 bits of its key's hash
   * @param failed whether it counts against its arm
   */
  synchronized First add(long sequence, long key, boolean failed) {
    int before = marks.getOrDefault(key, 0);
    if (!full && before == 0 && marks.size() >= limit) {
      full = true;
      forgetGoodKeys();
    }
    boolean unwanted = before == 0 && ((full && !failed) || marks.size() >= limit);
    if (sequence != manifest || unwanted) {
      return First.NOTHING;
    }
    marks.put(key, before | SEEN_NOW | (failed ? FAILED | FAILED_NOW : 0));
    return new First(
        !full && (before & SEEN_NOW) == 0,
        !full && failed && (before & FAILED_NOW) == 0,
        !full && before == 0,
        failed && (before & FAILED) == 0);
  }

  private void forgetGoodKeys() {
    marks.values().removeIf(mark -> (mark & FAILED) == 0);
  }
}
