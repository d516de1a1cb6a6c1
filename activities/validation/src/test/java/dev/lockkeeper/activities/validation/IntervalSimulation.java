package dev.lockkeeper.activities.validation;

import dev.lockkeeper.activities.validation.DrawnHoldout.Law;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How often the intervals contain the true value and the margin gates decide as they should, over
 * drawn hold-outs. {@code main} prints the tables of {@code docs/layers/validation.md}.
 */
final class IntervalSimulation {

  private static final int SAMPLES = 400;
  private static final int ROWS_FOR_TRUTH = 400_000;
  private static final double CONFIDENCE = 0.95;

  /**
   * A cell of the table.
   *
   * @param name what it is called
   * @param law the law of its hold-outs
   * @param rows rows of a hold-out
   * @param threshold the decision threshold
   */
  record Cell(String name, Law law, int rows, double threshold) {}

  /**
   * What was found in a cell, each by {@link Metric#ordinal()}, as shares of the draws.
   *
   * @param value draws whose interval contains the true value
   * @param gain draws whose interval of the gain contains the true gain
   * @param passed draws in which a candidate that is worse by exactly the margin passes
   * @param inconclusive draws in which the gate does not judge
   */
  record Found(double[] value, double[] gain, double[] passed, double inconclusive) {}

  private IntervalSimulation() {}

  /** Prints all cells; the argument is the number of draws, 1,000 if there is none. */
  public static void main(String[] arguments) {
    int draws = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
    for (Cell cell :
        List.of(
            new Cell("200 rows, 50 %", new Law(0.5, 1.5, 1.7, 0.7, 1, 0), 200, 0.5),
            new Cell("200 rows, 2 %", new Law(0.02, 2, 2.3, 0.7, 1, 0), 200, 0.1),
            new Cell("1,000 rows, 2 %", new Law(0.02, 2, 2.3, 0.7, 1, 0), 1_000, 0.1),
            new Cell("2,000 rows, 2 %", new Law(0.02, 2, 2.3, 0.7, 1, 0), 2_000, 0.1),
            new Cell("2,000 rows, 2 %, equal", new Law(0.02, 2.3, 2.3, 0.7, 1, 0), 2_000, 0.1),
            new Cell("2,000 rows, 5 a key", new Law(0.3, 1.3, 1.5, 0.6, 5, 0.5), 2_000, 0.5),
            new Cell("2,000 rows, 20 a key", new Law(0.3, 1.3, 1.5, 0.6, 20, 0.5), 2_000, 0.5))) {
      print(cell, run(cell, draws, 1));
    }
  }

  private static void print(Cell cell, Found found) {
    System.out.printf("%s: not judged %.3f%n", cell.name(), found.inconclusive());
    for (Metric metric : Metric.values()) {
      int m = metric.ordinal();
      System.out.printf(
          "  %-10s value %.3f, gain %.3f, passed at the margin %.3f%n",
          metric.label(), found.value()[m], found.gain()[m], found.passed()[m]);
    }
  }

  static Found run(Cell cell, int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] truth = metrics(cell, random, true);
    double[] stable = metrics(cell, new SplittableRandom(seed), false);
    int count = Metric.values().length;
    Found sums = new Found(new double[count], new double[count], new double[count], 0);
    double inconclusive = 0;
    for (int draw = 0; draw < draws; draw++) {
      DrawnHoldout drawn = DrawnHoldout.draw(cell.law(), cell.rows(), random);
      LabelledUnits units = LabelledUnits.of(drawn.labels(), drawn.units());
      if (Math.min(units.positives(), units.negatives()) == 0) {
        inconclusive += 1.0 / draws;
        continue;
      }
      inconclusive += units.areEnough() ? 0 : 1.0 / draws;
      List<PairedBootstrap.Estimate> estimates =
          new PairedBootstrap(SAMPLES, CONFIDENCE, draw)
              .estimate(
                  drawn.candidateRows(cell.threshold()),
                  drawn.stableRows(cell.threshold()),
                  drawn.units());
      for (PairedBootstrap.Estimate estimate : estimates) {
        Metric metric = estimate.metric();
        int m = metric.ordinal();
        double gain = (metric.higherIsBetter() ? 1 : -1) * (truth[m] - stable[m]);
        sums.value()[m] += estimate.interval().holds(truth[m]) ? 1.0 / draws : 0;
        sums.gain()[m] += holds(estimate.gainInterval(), gain) ? 1.0 / draws : 0;
        sums.passed()[m] += passes(units, estimates, metric, -gain) ? 1.0 / draws : 0;
      }
    }
    return new Found(sums.value(), sums.gain(), sums.passed(), inconclusive);
  }

  private static boolean holds(Interval interval, double value) {
    return interval != null && interval.holds(value);
  }

  private static boolean passes(
      LabelledUnits units, List<PairedBootstrap.Estimate> estimates, Metric metric, double loss) {
    MetricGate gate = new MetricGate(metric, null, null, Math.max(0, loss));
    List<GateResult> results =
        new MetricGates(units, CONFIDENCE, new Comparison("1", 1, 1, units))
            .judge(List.of(gate), estimates);
    return results.get(0).outcome() == GateOutcome.PASSED;
  }

  private static double[] metrics(Cell cell, SplittableRandom random, boolean candidate) {
    DrawnHoldout many = DrawnHoldout.draw(cell.law(), ROWS_FOR_TRUTH, random);
    return (candidate ? many.candidateRows(cell.threshold()) : many.stableRows(cell.threshold()))
        .metrics();
  }
}
