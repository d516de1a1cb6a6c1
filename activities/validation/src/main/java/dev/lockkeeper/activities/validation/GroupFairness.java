package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.FairnessMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * A group fairness metric with its interval, from draws of each group's rates given its counts: a
 * Dirichlet distribution with Jeffreys' prior, a half for each cell (Brown, Cai and DasGupta 2001).
 * Drawing rows again would call it certain that nobody of a group is selected when nobody of twelve
 * was.
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
    RandomGenerator random = new Well19937c(bootstrap.seed());
    List<Supplier<Rates>> draws = groups.stream().map(each -> Rates.draws(each, random)).toList();
    List<Rates> counted = groups.stream().map(GroupRates::rates).toList();
    WidestGroupGap widest = WidestGroupGap.widest(gate.metric(), counted);
    double[] estimates = new double[bootstrap.samples()];
    double[] contrasts = new double[bootstrap.samples()];
    for (int sample = 0; sample < estimates.length; sample++) {
      List<Rates> drawn = draws.stream().map(Supplier::get).toList();
      estimates[sample] = value(gate.metric(), drawn);
      contrasts[sample] = widest.value(drawn);
    }
    double value = value(gate.metric(), counted);
    Interval interval = widest.interval(estimates, contrasts, bootstrap.confidence());
    return new GroupFairness(groups, leftOut, value, interval.with(value));
  }

  /** The metric over some groups. */
  static double value(FairnessMetric metric, List<Rates> groups) {
    return switch (metric) {
      case DEMOGRAPHIC_PARITY_DIFFERENCE -> spread(groups, Rates::selection);
      case DEMOGRAPHIC_PARITY_RATIO -> ratio(groups);
      case EQUALIZED_ODDS_DIFFERENCE ->
          Math.max(spread(groups, Rates::truePositive), spread(groups, Rates::falsePositive));
    };
  }

  private static boolean isUsable(GroupRates rates, FairnessGate gate) {
    boolean needsBothLabels = gate.metric() == FairnessMetric.EQUALIZED_ODDS_DIFFERENCE;
    return rates.rows() >= gate.minimumGroup()
        && (!needsBothLabels
            || (Double.isFinite(rates.rates().truePositive())
                && Double.isFinite(rates.rates().falsePositive())));
  }

  private static double ratio(List<Rates> groups) {
    double largest = groups.stream().mapToDouble(Rates::selection).max().orElseThrow();
    double smallest = groups.stream().mapToDouble(Rates::selection).min().orElseThrow();
    return largest == 0 ? 1 : smallest / largest;
  }

  private static double spread(List<Rates> groups, ToDoubleFunction<Rates> rate) {
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
}
