package dev.lockkeeper.activities.monitoring;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The false discovery rate of many tests at once (Benjamini and Hochberg 1995). */
final class FalseDiscovery {

  private FalseDiscovery() {}

  /** Adjusted p-values, in the order given. */
  static double[] adjust(double[] pValues) {
    int family = pValues.length;
    int[] falling =
        IntStream.range(0, family)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[family];
    double smallest = 1;
    for (int i = 0; i < family; i++) {
      int rank = family - i;
      smallest = Math.min(smallest, pValues[falling[i]] * family / rank);
      adjusted[falling[i]] = smallest;
    }
    return adjusted;
  }
}
