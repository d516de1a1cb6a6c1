package dev.lockkeeper.activities.deployment;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Requests of keys with sides of their own, one after the other. Which of them fail under which
 * version is drawn by the same rule for both.
 */
final class SimulatedTraffic {

  /** Who sends, and how failures come together. */
  enum Kind {
    /** Every request has a key of its own and fails by itself. */
    KEY_EACH("a key for each request", 0, 0),
    /** 10,000 keys with equally many requests. */
    EVEN_10_000("10,000 even keys", 10_000, 0),
    /** 200 keys with equally many requests. */
    EVEN_200("200 even keys", 200, 0),
    /** 200 keys after Zipf's law. */
    ZIPF_200("200 keys after Zipf", 200, 1),
    /** Of 2,000 keys a few fail eight times in ten, and no others. */
    CLUSTERS("2,000 even keys, few have all failures", 2_000, 0),
    /** The same with busy keys. */
    BUSY_CLUSTERS("200 keys after Zipf, few have all failures", 200, 1),
    /** A client sends 80 requests in a row of which every fourth fails. */
    STREAKS("2,000 even keys, failures in streaks", 2_000, 0),
    /** For one request in 20 both versions fail every second time. */
    SHOCKS("a key for each request, common shocks", 0, 0);

    final String text;
    private final int keys;
    private final double exponent;

    Kind(String text, int keys, double exponent) {
      this.text = text;
      this.keys = keys;
      this.exponent = exponent;
    }
  }

  private static final int STREAK = 80;
  private static final int FAILURES_A_STREAK = 20;
  private static final double WORST = 0.8;
  private static final double SPREAD = 0.6180339887498949;
  private static final int SHOCK = 200;
  private static final int BETWEEN_SHOCKS = 4_000;

  private final Kind kind;
  private final SplittableRandom random;
  private final double stableRate;
  private final double candidateRate;
  private final double[] sides;
  private final double[] cumulative;
  private int key = -1;
  private double side;
  private int streak;
  private long sent;

  SimulatedTraffic(Kind kind, long seed, double stableRate, double candidateRate) {
    this.kind = kind;
    this.random = new SplittableRandom(seed);
    this.stableRate = stableRate;
    this.candidateRate = candidateRate;
    sides = random.doubles(kind.keys, 0, 100).toArray();
    cumulative = new double[kind.keys];
    double sum = 0;
    for (int i = 0; i < kind.keys; i++) {
      sum += Math.pow(i + 1, -kind.exponent);
      cumulative[i] = sum;
    }
  }

  /** Sends the next request; its key is {@link #key}. */
  void next() {
    sent++;
    if (streak > 0) {
      streak--;
      return;
    }
    if (kind.keys == 0) {
      key++;
      side = random.nextDouble(100);
    } else {
      key =
          kind.exponent == 0
              ? random.nextInt(kind.keys)
              : Math.abs(
                  Arrays.binarySearch(cumulative, random.nextDouble(cumulative[kind.keys - 1]))
                      + 1);
      side = sides[key];
    }
  }

  int key() {
    return key;
  }

  boolean toCandidate(int percent) {
    return side < percent;
  }

  /** Whether the request that was sent fails under a version. */
  boolean fails(boolean candidate) {
    double rate = candidate ? candidateRate : stableRate;
    return switch (kind) {
      case CLUSTERS, BUSY_CLUSTERS -> random.nextDouble() < clustered(rate);
      case STREAKS -> streaked(rate);
      case SHOCKS -> random.nextDouble() < (sent % BETWEEN_SHOCKS < SHOCK ? 0.5 : rate);
      default -> random.nextDouble() < rate;
    };
  }

  /** A higher rate makes more keys bad, not the bad ones worse; they are spread over all keys. */
  private double clustered(double rate) {
    return key * SPREAD % 1 < rate / WORST ? WORST : 0;
  }

  /** Streaks begin as often as gives the rate over all requests. */
  private boolean streaked(double rate) {
    if (streak > 0) {
      return random.nextDouble() < (double) FAILURES_A_STREAK / STREAK;
    }
    if (random.nextDouble() < rate / (FAILURES_A_STREAK - STREAK * rate)) {
      streak = STREAK;
    }
    return false;
  }
}
