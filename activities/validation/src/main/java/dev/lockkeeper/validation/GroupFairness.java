package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.validation.FairnessGate;
import dev.lockkeeper.contracts.validation.FairnessMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * A group fairness metric with its interval. The interval is a percentile bootstrap that draws rows
 * within each group, so that group sizes stay as they are.
 *
 * @param groups groups that are large enough, by name
 * @param leftOut groups that are too small, by name
 * @param value the metric; not a number with fewer than two groups
 * @param interval its interval; not a number with fewer than two groups
 */
record GroupFairness(
    List<GroupRates> groups, List<GroupRates> leftOut, double value, Interval interval) {

  /**
   * Measures a metric.
   *
   * @param values each row's group
   */
  static GroupFairness measure(
      FairnessGate gate,
      List<String> values,
      boolean[] labels,
      boolean[] predicted,
      PairedBootstrap bootstrap) {
    List<GroupRates> groups = new ArrayList<>();
    List<GroupRates> leftOut = new ArrayList<>();
    for (GroupRates rates : count(values, labels, predicted)) {
      (isUsable(rates, gate) ? groups : leftOut).add(rates);
    }
    if (groups.size() < 2) {
      return new GroupFairness(groups, leftOut, Double.NaN, new Interval(Double.NaN, Double.NaN));
    }
    SplittableRandom random = new SplittableRandom(bootstrap.seed());
    double[] estimates = new double[bootstrap.samples()];
    for (int sample = 0; sample < estimates.length; sample++) {
      estimates[sample] =
          value(gate.metric(), groups.stream().map(rates -> resample(rates, random)).toList());
    }
    return new GroupFairness(
        groups,
        leftOut,
        value(gate.metric(), groups),
        Interval.percentile(estimates, bootstrap.confidence()));
  }

  /** The metric over some groups. */
  static double value(FairnessMetric metric, List<GroupRates> groups) {
    return switch (metric) {
      case DEMOGRAPHIC_PARITY_DIFFERENCE -> spread(groups, GroupRates::selectionRate);
      case DEMOGRAPHIC_PARITY_RATIO -> ratio(groups);
      case EQUALIZED_ODDS_DIFFERENCE ->
          Math.max(
              spread(groups, GroupRates::truePositiveRate),
              spread(groups, GroupRates::falsePositiveRate));
    };
  }

  private static boolean isUsable(GroupRates rates, FairnessGate gate) {
    boolean needsBothLabels = gate.metric() == FairnessMetric.EQUALIZED_ODDS_DIFFERENCE;
    return rates.rows() >= gate.minimumGroup()
        && (!needsBothLabels
            || (Double.isFinite(rates.truePositiveRate())
                && Double.isFinite(rates.falsePositiveRate())));
  }

  private static double ratio(List<GroupRates> groups) {
    double largest = groups.stream().mapToDouble(GroupRates::selectionRate).max().orElseThrow();
    double smallest = groups.stream().mapToDouble(GroupRates::selectionRate).min().orElseThrow();
    return largest == 0 ? 1 : smallest / largest;
  }

  private static double spread(List<GroupRates> groups, ToDoubleFunction<GroupRates> rate) {
    double[] rates = groups.stream().mapToDouble(rate).filter(Double::isFinite).sorted().toArray();
    return rates.length < 2 ? Double.NaN : rates[rates.length - 1] - rates[0];
  }

  private static List<GroupRates> count(
      List<String> values, boolean[] labels, boolean[] predicted) {
    TreeMap<String, int[]> cells = new TreeMap<>();
    for (int row = 0; row < labels.length; row++) {
      int cell = (labels[row] ? 0 : 1) + (predicted[row] ? 0 : 2);
      cells.computeIfAbsent(values.get(row), group -> new int[4])[cell]++;
    }
    return cells.entrySet().stream().map(e -> rates(e.getKey(), e.getValue())).toList();
  }

  private static GroupRates rates(String group, int[] cells) {
    int rows = cells[0] + cells[1] + cells[2] + cells[3];
    return new GroupRates(group, rows, cells[0], cells[1], cells[2], cells[3]);
  }

  private static GroupRates resample(GroupRates rates, SplittableRandom random) {
    int first = rates.truePositives();
    int second = first + rates.falsePositives();
    int third = second + rates.falseNegatives();
    int[] cells = new int[4];
    for (int i = 0; i < rates.rows(); i++) {
      int row = random.nextInt(rates.rows());
      cells[row < first ? 0 : row < second ? 1 : row < third ? 2 : 3]++;
    }
    return rates(rates.group(), cells);
  }
}
