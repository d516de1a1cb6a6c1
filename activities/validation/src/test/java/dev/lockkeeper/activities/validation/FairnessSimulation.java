package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.FairnessMetric;
import dev.lockkeeper.formats.validation.GateOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How often the interval of a fairness metric contains the true value, and what the gate says, over
 * drawn hold-outs. {@code main} prints the table of {@code docs/layers/validation.md}.
 */
final class FairnessSimulation {

  private static final int SAMPLES = 500;

  /**
   * A cell of the table.
   *
   * @param rows rows of a group
   * @param perKey rows of a key; its rows are treated alike
   * @param rates each group's true share of positive predictions
   */
  record Cell(String name, int rows, int perKey, double[] rates) {}

  /**
   * What was found, as shares of the draws.
   *
   * @param held the interval contains the true value
   * @param passed the gate passes
   * @param refused the gate refuses
   */
  record Found(double held, double passed, double refused) {}

  private FairnessSimulation() {}

  /** Prints all cells; the argument is the number of draws, 1,000 if there is none. */
  public static void main(String[] arguments) {
    int draws = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
    List<Cell> cells = new ArrayList<>();
    for (int groups : new int[] {2, 5, 10, 20, 50}) {
      for (int rows : new int[] {100, 500}) {
        cells.add(new Cell(groups + " equal of " + rows, rows, 1, equal(groups)));
        cells.add(new Cell(groups + " from .24 to .36 of " + rows, rows, 1, spread(groups)));
        cells.add(new Cell(groups + ", one at .2, of " + rows, rows, 1, outlier(groups)));
      }
    }
    cells.add(new Cell("2 equal of 1,000, 20 a key", 1_000, 20, equal(2)));
    for (Cell cell : cells) {
      for (FairnessMetric metric :
          List.of(
              FairnessMetric.DEMOGRAPHIC_PARITY_RATIO,
              FairnessMetric.DEMOGRAPHIC_PARITY_DIFFERENCE)) {
        Found found = run(cell, metric, draws, 1);
        System.out.printf(
            "%-28s %-29s holds %.3f, passed %.3f, refused %.3f%n",
            cell.name(), metric.label(), found.held(), found.passed(), found.refused());
      }
    }
  }

  static double[] equal(int groups) {
    double[] rates = new double[groups];
    Arrays.fill(rates, 0.3);
    return rates;
  }

  static double[] spread(int groups) {
    double[] rates = new double[groups];
    Arrays.setAll(rates, group -> 0.24 + 0.12 * group / (groups - 1));
    return rates;
  }

  static double[] outlier(int groups) {
    double[] rates = equal(groups);
    rates[0] = 0.2;
    return rates;
  }

  static Found run(Cell cell, FairnessMetric metric, int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean isRatio = metric == FairnessMetric.DEMOGRAPHIC_PARITY_RATIO;
    double most = Arrays.stream(cell.rates()).max().orElseThrow();
    double least = Arrays.stream(cell.rates()).min().orElseThrow();
    double truth = isRatio ? least / most : most - least;
    FairnessGate gate = new FairnessGate("group", metric, isRatio ? 0.8 : 0.1, 50, true);
    int held = 0;
    int passed = 0;
    int refused = 0;
    for (int draw = 0; draw < draws; draw++) {
      GroupFairness measured = measure(cell, gate, random, draw);
      GateOutcome outcome = FairnessJudgement.judge(gate, measured).outcome();
      held += measured.interval().holds(truth) ? 1 : 0;
      passed += outcome == GateOutcome.PASSED ? 1 : 0;
      refused += outcome == GateOutcome.REFUSED ? 1 : 0;
    }
    return new Found(held / (double) draws, passed / (double) draws, refused / (double) draws);
  }

  private static GroupFairness measure(
      Cell cell, FairnessGate gate, SplittableRandom random, long seed) {
    int all = cell.rows() * cell.rates().length;
    List<String> groups = new ArrayList<>();
    String[] keys = new String[all];
    boolean[] predicted = new boolean[all];
    for (int row = 0; row < all; row++) {
      int group = row / cell.rows();
      groups.add("group " + group);
      keys[row] = "key " + row / cell.perKey();
      predicted[row] =
          row % cell.perKey() == 0 ? random.nextDouble() < cell.rates()[group] : predicted[row - 1];
    }
    return GroupFairness.measure(
        gate,
        groups,
        predicted,
        predicted,
        cell.perKey() == 1 ? RowUnits.eachRow(all) : RowUnits.of(keys),
        new PairedBootstrap(SAMPLES, 0.95, seed));
  }
}
