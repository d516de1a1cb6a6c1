package dev.lockkeeper.activities.validation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of the hold-out is drawn as one: the rows of one key, or each row for itself. Rows of one
 * key resemble each other, so a thousand of them say less than a thousand rows of as many keys.
 *
 * @param unitOf each row's unit, from 0 to {@code count - 1}
 * @param count number of units
 */
record RowUnits(int[] unitOf, int count) {

  /** Each row is a unit. */
  static RowUnits eachRow(int rows) {
    int[] unitOf = new int[rows];
    Arrays.setAll(unitOf, row -> row);
    return new RowUnits(unitOf, rows);
  }

  /** Rows of equal keys are one unit. */
  static RowUnits of(String[] keys) {
    Map<String, Integer> places = new HashMap<>();
    int[] unitOf = new int[keys.length];
    for (int row = 0; row < keys.length; row++) {
      Integer place = places.putIfAbsent(keys[row], places.size());
      unitOf[row] = place == null ? places.size() - 1 : place;
    }
    return new RowUnits(unitOf, places.size());
  }

  /** The units of some rows. */
  RowUnits of(List<Integer> rows) {
    Map<Integer, Integer> places = new HashMap<>();
    int[] own = new int[rows.size()];
    for (int i = 0; i < own.length; i++) {
      Integer place = places.putIfAbsent(unitOf[rows.get(i)], places.size());
      own[i] = place == null ? places.size() - 1 : place;
    }
    return new RowUnits(own, places.size());
  }

  boolean isEachRow() {
    return count == unitOf.length;
  }

  /** The sum of the rows' values, by unit. */
  double[] sums(double[] values) {
    double[] sums = new double[count];
    for (int row = 0; row < values.length; row++) {
      sums[unitOf[row]] += values[row];
    }
    return sums;
  }

  /** How many units have a row that is marked. */
  int having(boolean[] marked) {
    boolean[] has = new boolean[count];
    int found = 0;
    for (int row = 0; row < marked.length; row++) {
      if (marked[row] && !has[unitOf[row]]) {
        has[unitOf[row]] = true;
        found++;
      }
    }
    return found;
  }
}
