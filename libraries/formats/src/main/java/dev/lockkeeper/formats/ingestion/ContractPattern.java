package dev.lockkeeper.formats.ingestion;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions of a data contract, which the ingestion's engine (RE2) must understand. */
public final class ContractPattern {

  /** What Java has and RE2 has not, so that every match takes linear time. */
  private static final Pattern BEYOND_RE2 = Pattern.compile("\\(\\?(<?[=!]|>)|\\\\[1-9]|[*+?}]\\+");

  private ContractPattern() {}

  /** What is wrong with a pattern, in words; empty if nothing is. */
  public static Optional<String> problem(String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      return Optional.of("no regular expression: " + e.getDescription());
    }
    return BEYOND_RE2.matcher(pattern).find()
        ? Optional.of(
            "look-around, back references and possessive repetition are not understood: write it"
                + " without, or list the values (invalidValues, validValues)")
        : Optional.empty();
  }
}
