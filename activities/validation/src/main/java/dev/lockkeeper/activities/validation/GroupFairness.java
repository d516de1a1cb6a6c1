package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.FairnessMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A group fairness metric with its interval.
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
      RowUnits units,
      PairedBootstrap bootstrap) {
    List<GroupRates> groups = new ArrayList<>();
    List<GroupRates> leftOut = new ArrayList<>();
    for (GroupRates rates : count(values, labels, predicted, units)) {
      (isUsable(rates, gate) ? groups : leftOut).add(rates);
    }
    if (groups.size() < 2) {
      return new GroupFairness(groups, leftOut, Double.NaN, new Interval(Double.NaN, Double.NaN));
    }
    GroupRange.Found found = range(gate.metric(), groups).find(bootstrap);
    return new GroupFairness(groups, leftOut, found.value(), found.interval());
  }

  /** The metric over some groups. */
  static GroupRange range(FairnessMetric metric, List<GroupRates> groups) {
    List<List<EffectiveShare>> rates = new ArrayList<>();
    int count = groups.get(0).shares(metric).size();
    for (int rate = 0; rate < count; rate++) {
      int which = rate;
      rates.add(groups.stream().map(group -> group.shares(metric).get(which)).toList());
    }
    return new GroupRange(rates, metric == FairnessMetric.DEMOGRAPHIC_PARITY_RATIO);
  }

  /** Whether the interval is of rates that were drawn towards each other. */
  boolean isShrunk() {
    return groups.size() >= GroupRange.MANY;
  }

  private static boolean isUsable(GroupRates rates, FairnessGate gate) {
    boolean needsBothLabels = gate.metric() == FairnessMetric.EQUALIZED_ODDS_DIFFERENCE;
    boolean enough =
        rates.rows() >= gate.minimumGroup()
            && rates.units() >= Math.min(gate.minimumGroup(), LabelledUnits.MINIMUM);
    return enough
        && (!needsBothLabels
            || (Double.isFinite(rates.rates().truePositive())
                && Double.isFinite(rates.rates().falsePositive())));
  }

  private static List<GroupRates> count(
      List<String> values, boolean[] labels, boolean[] predicted, RowUnits units) {
    TreeMap<String, List<Integer>> rows = new TreeMap<>();
    for (int row = 0; row < labels.length; row++) {
      rows.computeIfAbsent(values.get(row), group -> new ArrayList<>()).add(row);
    }
    return rows.entrySet().stream()
        .map(group -> rates(group.getKey(), group.getValue(), labels, predicted, units))
        .toList();
  }

  private static GroupRates rates(
      String group, List<Integer> rows, boolean[] labels, boolean[] predicted, RowUnits units) {
    int[] cells = new int[4];
    for (int row : rows) {
      cells[(labels[row] ? 0 : 1) + (predicted[row] ? 0 : 2)]++;
    }
    if (units.isEachRow()) {
      return new GroupRates(group, cells[0], cells[1], cells[2], cells[3]);
    }
    boolean[] label = new boolean[rows.size()];
    boolean[] negative = new boolean[rows.size()];
    boolean[] selected = new boolean[rows.size()];
    boolean[] all = new boolean[rows.size()];
    boolean[] hit = new boolean[rows.size()];
    boolean[] alarm = new boolean[rows.size()];
    for (int i = 0; i < label.length; i++) {
      int row = rows.get(i);
      all[i] = true;
      label[i] = labels[row];
      negative[i] = !labels[row];
      selected[i] = predicted[row];
      hit[i] = label[i] && selected[i];
      alarm[i] = negative[i] && selected[i];
    }
    RowUnits own = units.of(rows);
    Rates effects =
        new Rates(
            DesignEffect.of(selected, all, own).value(),
            DesignEffect.of(hit, label, own).value(),
            DesignEffect.of(alarm, negative, own).value());
    return new GroupRates(group, own.count(), cells[0], cells[1], cells[2], cells[3], effects);
  }
}
