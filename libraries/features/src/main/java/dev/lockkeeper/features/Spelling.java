package dev.lockkeeper.features;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what somebody probably meant. */
final class Spelling {

  private Spelling() {}

  /** What other languages call a function of ours. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "len", "size",
          "length", "size",
          "isnull", "missing",
          "is_null", "missing",
          "isna", "missing",
          "isnan", "missing",
          "nvl", "coalesce",
          "ln", "log",
          "power", "pow",
          "weekday", "day_of_week");

  /**
   * A hint for an unknown name: the function that is called otherwise elsewhere, the nearest column
   * or function, or else all functions and, if they are few, all columns.
   */
  static String hint(String unknown, List<String> known, List<String> functions) {
    String here = ELSEWHERE.get(unknown.toLowerCase(Locale.ROOT));
    if (here != null) {
      return ": here it is called '" + here + "'";
    }
    String nearest =
        Stream.concat(known.stream(), functions.stream())
            .min(Comparator.comparingInt(name -> distance(unknown, name)))
            .orElse("");
    if (!nearest.isEmpty() && distance(unknown, nearest) <= Math.max(2, unknown.length() / 3)) {
      return ": did you mean '" + nearest + "'?";
    }
    String columns =
        known.isEmpty() || known.size() > 20
            ? ""
            : ": the columns are " + String.join(", ", known) + ";";
    return columns + " the functions are " + String.join(", ", functions);
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
