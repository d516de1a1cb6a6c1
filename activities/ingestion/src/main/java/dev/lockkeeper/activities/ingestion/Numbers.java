package dev.lockkeeper.activities.ingestion;

import java.math.BigDecimal;

/** Numbers as people write them. */
final class Numbers {

  private Numbers() {}

  static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
