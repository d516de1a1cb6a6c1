package dev.lockkeeper.formats;

/**
 * The values that a specification may have; both ends are included.
 *
 * @param low the smallest
 * @param high the largest
 */
public record Range<T extends Comparable<? super T>>(T low, T high) {

  /** Whether a value lies in the range; NaN lies in none. */
  public boolean contains(T value) {
    return value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
  }

  /**
   * Refuses a value outside the range.
   *
   * @param what whose value it is, as {@code split.holdoutShare}
   * @throws InvalidSpecificationException if the value lies outside
   */
  public void require(String what, T value) {
    if (value == null || !contains(value)) {
      throw new InvalidSpecificationException(
          what + ": expected " + low + " to " + high + ", got " + value);
    }
  }
}
