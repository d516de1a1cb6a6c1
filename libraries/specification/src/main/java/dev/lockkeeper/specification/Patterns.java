package dev.lockkeeper.specification;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions of a data contract, which the ingestion's engine (RE2) must understand. */
final class Patterns {

  /** What Java has and RE2 has not, so that every match takes linear time. */
  private static final Pattern BEYOND_RE2 = Pattern.compile("\\(\\?(<?[=!]|>)|\\\\[1-9]|[*+?}]\\+");

  private Patterns() {}

  /** The value of {@code pattern}; null if there is none. */
  static @Nullable String read(Section of) {
    String pattern = of.text("pattern", null);
    if (pattern != null) {
      try {
        Pattern.compile(pattern);
        if (BEYOND_RE2.matcher(pattern).find()) {
          of.problem(
              "pattern",
              "look-around, back references and possessive repetition are not understood: write it"
                  + " without, or list the values (invalidValues, validValues)");
        }
      } catch (PatternSyntaxException e) {
        of.problem("pattern", "no regular expression: " + e.getDescription());
      }
    }
    return pattern;
  }
}
