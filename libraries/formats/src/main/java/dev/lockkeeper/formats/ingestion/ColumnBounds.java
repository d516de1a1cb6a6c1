package dev.lockkeeper.formats.ingestion;

import org.jspecify.annotations.Nullable;

/** Bounds of a column's numbers or times; null where there is none. */
public final class ColumnBounds {

  private ColumnBounds() {}

  /**
   * Whether some value satisfies every bound.
   *
   * @param minimum smallest value
   * @param maximum largest value
   * @param above every value is above it
   * @param below every value is below it
   */
  public static boolean satisfiable(
      @Nullable Double minimum,
      @Nullable Double maximum,
      @Nullable Double above,
      @Nullable Double below) {
    return !(larger(minimum, maximum)
        || larger(above, maximum)
        || larger(minimum, below)
        || larger(above, below)
        || same(above, maximum)
        || same(minimum, below)
        || same(above, below));
  }

  private static boolean larger(@Nullable Double low, @Nullable Double high) {
    return low != null && high != null && low > high;
  }

  private static boolean same(@Nullable Double low, @Nullable Double high) {
    return low != null && low.equals(high);
  }
}
