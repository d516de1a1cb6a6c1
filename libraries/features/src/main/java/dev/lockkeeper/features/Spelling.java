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
   * or function if little of the name is wrong, or else all functions and, if they are few, all
   * columns.
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
    if (!nearest.isEmpty() && distance(unknown, nearest) <= mistakes(unknown.length())) {
      return ": did you mean '" + nearest + "'?";
    }
    String columns =
        known.isEmpty() || known.size() > 20
            ? ""
            : ": the columns are " + String.join(", ", known) + ";";
    return columns + " the functions are " + String.join(", ", functions);
  }

  /** Two letters or a third of a name may be wrong, but not more than half of it. */
  private static int mistakes(int length) {
    return Math.min(length / 2, Math.max(2, length / 3));
  }

  /** Levenshtein distance, in which two neighbours that changed places are one mistake. */
  private static int distance(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : distance(table, a, b, i, j);
      }
    }
    return table[a.length()][b.length()];
  }

  private static int distance(int[][] table, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int replaced = table[i - 1][j - 1] + (same ? 0 : 1);
    int least = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
  }
}
