package dev.lockkeeper.specification;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A format of times as ODCS writes it, in the letters of the JDK's {@code DateTimeFormatter}, put
 * into those of {@code strptime}, which the ingestion's engine reads.
 */
final class TimeFormat {

  /** What is read without a format: these forms, and seconds since 1970. */
  private static final Set<String> STANDARD =
      Set.of("yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss");

  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("yyyy", "%Y"),
          Map.entry("uuuu", "%Y"),
          Map.entry("yy", "%y"),
          Map.entry("MMM", "%b"),
          Map.entry("MM", "%m"),
          Map.entry("M", "%m"),
          Map.entry("dd", "%d"),
          Map.entry("d", "%d"),
          Map.entry("HH", "%H"),
          Map.entry("H", "%H"),
          Map.entry("hh", "%I"),
          Map.entry("h", "%I"),
          Map.entry("mm", "%M"),
          Map.entry("ss", "%S"),
          Map.entry("SSS", "%g"),
          Map.entry("SSSSSS", "%f"),
          Map.entry("a", "%p"));

  private TimeFormat() {}

  /** The format under a section's {@code format}; null for what is read anyway. */
  static @Nullable String read(Section options) {
    String format = options.text("format", null);
    if (format == null || STANDARD.contains(format)) {
      return null;
    }
    try {
      return translate(format);
    } catch (IllegalArgumentException e) {
      options.problem("format", "'" + format + "': " + e.getMessage());
      return null;
    }
  }

  private static String translate(String format) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      char letter = format.charAt(at);
      int end = at + 1;
      if (letter == '\'') {
        end = format.indexOf('\'', at + 1) + 1;
        if (end == 0) {
          throw new IllegalArgumentException("the quote is not closed");
        }
        String quoted = format.substring(at + 1, end - 1);
        out.append(quoted.isEmpty() ? "'" : quoted.replace("%", "%%"));
      } else if (Character.isLetter(letter)) {
        while (end < format.length() && format.charAt(end) == letter) {
          end++;
        }
        out.append(field(format.substring(at, end)));
      } else {
        out.append(letter == '%' ? "%%" : String.valueOf(letter));
      }
      at = end;
    }
    String result = out.toString();
    if (!result.contains("%d") || !(result.contains("%m") || result.contains("%b"))) {
      throw new IllegalArgumentException("expected at least a day, a month and a year");
    }
    return result;
  }

  private static String field(String letters) {
    String field = LETTERS.get(letters);
    if (field == null) {
      throw new IllegalArgumentException(
          "'"
              + letters
              + "' is not read; expected "
              + String.join(", ", LETTERS.keySet().stream().sorted().toList())
              + ", and other letters in quotes");
    }
    return field;
  }
}
