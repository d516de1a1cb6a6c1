package dev.lockkeeper.formats.deployment;

import java.math.BigDecimal;

/**
 * A share of the traffic in per cent. The gateways split the traffic into {@value #PARTS} parts, so
 * a share is a whole number of hundredths of a per cent.
 */
public final class TrafficShare {

  /** How many parts the gateways split the traffic into. */
  public static final int PARTS = 10_000;

  private static final int PARTS_OF_A_PERCENT = PARTS / 100;

  private TrafficShare() {}

  /** Whether a share has at most two decimals. */
  public static boolean isWholeParts(double percent) {
    return percent(nearest(percent)) == percent;
  }

  /**
   * How many of the {@value #PARTS} parts a share has.
   *
   * @param percent the share in per cent
   * @throws IllegalArgumentException if it is below 0, above 100 or finer than a part
   */
  public static int parts(double percent) {
    long parts = nearest(percent);
    if (parts < 0 || parts > PARTS || !isWholeParts(percent)) {
      throw new IllegalArgumentException(
          "percent: a share of " + percent + " %; expected 0 to 100 with at most two decimals");
    }
    return (int) parts;
  }

  /** The rest of the traffic in per cent. */
  static double rest(double percent) {
    return percent(PARTS - parts(percent));
  }

  /** A share for people, without a fraction if it is whole: {@code 10} or {@code 0.5}. */
  public static String text(double percent) {
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
  }

  private static long nearest(double percent) {
    return Math.round(percent * PARTS_OF_A_PERCENT);
  }

  private static double percent(long parts) {
    return (double) parts / PARTS_OF_A_PERCENT;
  }
}
