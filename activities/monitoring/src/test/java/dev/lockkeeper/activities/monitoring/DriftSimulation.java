package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.monitoring.MonitoringBaseline.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * How often a window raises an alert, where nothing changed and where something did. {@code main}
 * prints the table of {@code docs/layers/monitoring.md}.
 */
final class DriftSimulation {

  private static final double THRESHOLD = 0.25;

  /**
   * A cell of the table: ten subjects, the first of which may change.
   *
   * @param reference rows of the hold-out
   * @param rows rows of a window
   * @param perRequest rows of a request, which have one client
   * @param before a value of the hold-out
   * @param after a value of the window, of the first subject
   */
  record Cell(
      String name,
      int reference,
      int rows,
      int perRequest,
      ToDoubleFunction<SplittableRandom> before,
      ToDoubleFunction<SplittableRandom> after) {}

  private DriftSimulation() {}

  /** Prints all cells; the argument is the number of draws, 1,000 if there is none. */
  public static void main(String[] arguments) {
    int draws = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
    for (Cell cell :
        List.of(
            new Cell("nothing changed", 2_000, 10_000, 1, r -> normal(r), r -> normal(r)),
            shift(0.1),
            shift(0.25),
            new Cell("category 10 to 11 %", 2_000, 10_000, 1, r -> of(r, 0.1), r -> of(r, 0.11)),
            new Cell("category 10 to 15 %", 2_000, 10_000, 1, r -> of(r, 0.1), r -> of(r, 0.15)),
            new Cell("missing 0 to 3 %", 2_000, 10_000, 1, r -> normal(r), r -> gaps(r, 0.03)),
            clients(),
            sparse(200),
            sparse(2_000))) {
      System.out.printf("%-28s alarms %.3f%n", cell.name(), alarms(cell, draws, 1));
    }
  }

  static Cell shift(double deviations) {
    return new Cell(
        "shift of " + deviations + " sd",
        2_000,
        10_000,
        1,
        r -> normal(r),
        r -> normal(r) + deviations);
  }

  /** Requests of 1,000 rows of one client each, whose rows lie around the client's own mean. */
  static Cell clients() {
    return new Cell("requests of 1,000 rows", 2_000, 20_000, 1_000, r -> normal(r), r -> normal(r));
  }

  /** A column of many rare values. */
  static Cell sparse(int reference) {
    return new Cell(
        "sparse, hold-out of " + reference,
        reference,
        5_000,
        1,
        r -> Math.floor(-1.2 * Math.log(1 - r.nextDouble())),
        r -> Math.floor(-1.2 * Math.log(1 - r.nextDouble())));
  }

  private static double normal(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private static double of(SplittableRandom random, double share) {
    return random.nextDouble() < share ? 1 : 0;
  }

  private static double gaps(SplittableRandom random, double share) {
    return random.nextDouble() < share ? Double.NaN : normal(random);
  }

  /** The share of windows with at least one alert. */
  static double alarms(Cell cell, int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int alarms = 0;
    for (int draw = 0; draw < draws; draw++) {
      List<WindowHistogram> subjects = new ArrayList<>();
      for (int subject = 0; subject < 10; subject++) {
        WindowHistogram histogram = new WindowHistogram(reference(cell, random));
        fill(histogram, cell, subject == 0 ? cell.after() : cell.before(), random);
        subjects.add(histogram);
      }
      DriftWindow window = new DriftWindow(cell.rows(), THRESHOLD, subjects);
      alarms += DriftFamily.test(window).alerts().isEmpty() ? 0 : 1;
    }
    return alarms / (double) draws;
  }

  private static void fill(
      WindowHistogram histogram,
      Cell cell,
      ToDoubleFunction<SplittableRandom> value,
      SplittableRandom random) {
    double client = 0;
    for (int row = 0; row < cell.rows(); row++) {
      if (cell.perRequest() > 1 && row % cell.perRequest() == 0) {
        client = normal(random);
      }
      double own = value.applyAsDouble(random);
      histogram.add(
          cell.perRequest() == 1 ? own : Math.sqrt(0.5) * (client + own),
          "request " + row / cell.perRequest());
    }
  }

  /** Few values have a bin each, as in the baseline; others have deciles. */
  private static Histogram reference(Cell cell, SplittableRandom random) {
    double[] values = new double[cell.reference()];
    for (int row = 0; row < values.length; row++) {
      values[row] = cell.before().applyAsDouble(random);
    }
    Arrays.sort(values);
    double[] distinct = Arrays.stream(values).distinct().limit(13).toArray();
    TreeSet<Double> edges = new TreeSet<>();
    if (distinct.length <= 12) {
      for (double value : distinct) {
        edges.add((double) Math.nextDown((float) value));
        edges.add(value);
      }
    } else {
      for (int q = 1; q < 10; q++) {
        edges.add(values[q * values.length / 10]);
      }
    }
    List<Double> inner = List.copyOf(edges);
    Histogram empty = new Histogram("x", inner, List.of(), 0);
    long[] counts = WindowHistogram.of(empty, Arrays.stream(values).boxed().toList()).counts();
    return new Histogram(
        "x", inner, Arrays.stream(counts).limit(inner.size() + 1L).boxed().toList(), 0);
  }
}
