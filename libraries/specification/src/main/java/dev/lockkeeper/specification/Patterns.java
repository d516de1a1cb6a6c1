package dev.lockkeeper.specification;

import dev.lockkeeper.formats.ingestion.ContractPattern;
import org.jspecify.annotations.Nullable;

/** Regular expressions of a data contract. */
final class Patterns {

  private Patterns() {}

  /** The value of {@code pattern}; null if there is none. */
  static @Nullable String read(Section of) {
    String pattern = of.text("pattern", null);
    if (pattern != null) {
      ContractPattern.problem(pattern).ifPresent(problem -> of.problem("pattern", problem));
    }
    return pattern;
  }
}
