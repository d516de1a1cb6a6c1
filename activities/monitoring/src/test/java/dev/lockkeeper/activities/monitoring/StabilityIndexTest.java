package dev.lockkeeper.activities.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline.Histogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StabilityIndexTest {

  private static Path shared() {
    String override = System.getenv("LOCKKEEPER_SHARED");
    Path found = Path.of(override == null ? "shared" : override);
    for (Path at = Path.of("").toAbsolutePath();
        override == null && at != null;
        at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/vectors"))) {
        found = at.resolve("shared");
        break;
      }
    }
    assumeTrue(Files.isDirectory(found), "needs ../shared beside the project: " + found);
    return found;
  }

  private static double[] column(Path shared, String month, String name) throws IOException {
    List<String> rows = Files.readAllLines(shared.resolve("data/nyc-taxi/" + month + ".csv"));
    int index = List.of(rows.get(0).split(",", -1)).indexOf(name);
    return rows.stream()
        .skip(1)
        .map(row -> row.split(",", -1)[index])
        .filter(value -> !value.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** Deciles whose bins contain their lower edge, as the golden values were made. */
  private static Histogram deciles(double[] reference) {
    double[] sorted = reference.clone();
    Arrays.sort(sorted);
    TreeSet<Double> edges = new TreeSet<>();
    for (int q = 0; q <= 10; q++) {
      double position = q / 10.0 * (sorted.length - 1);
      int below = (int) position;
      int above = Math.min(below + 1, sorted.length - 1);
      edges.add(sorted[below] + (position - below) * (sorted[above] - sorted[below]));
    }
    edges.pollFirst();
    edges.pollLast();
    List<Double> closed = edges.stream().map(Math::nextDown).toList();
    Histogram empty = new Histogram("x", closed, Collections.nCopies(closed.size() + 1, 0L), 0);
    WindowHistogram counted = WindowHistogram.of(empty, Arrays.stream(reference).boxed().toList());
    List<Long> counts = new ArrayList<>();
    Arrays.stream(counted.counts()).limit(closed.size() + 1L).forEach(counts::add);
    return new Histogram("x", closed, counts, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "2019-04,trip_distance",
    "2019-04,fare_amount",
    "2019-04,tip_amount",
    "2020-04,fare_amount",
    "2020-05,trip_distance",
    "2020-05,tip_amount"
  })
  void of_decilesAgreeWithGolden(String month, String name) throws IOException {
    Path shared = shared();
    JsonNode golden =
        new ObjectMapper()
            .readTree(shared.resolve("vectors/statistics/golden.json").toFile())
            .path("taxi 2019-03 -> " + month)
            .path(name)
            .path("psi_decile");
    WindowHistogram window =
        WindowHistogram.of(
            deciles(column(shared, "2019-03", name)),
            Arrays.stream(column(shared, month, name)).boxed().toList());

    StabilityIndex index = window.compare();

    assertEquals(golden.get(0).asDouble(), index.value(), 1e-9);
    assertEquals(golden.get(1).asInt(), index.bins());
  }

  @Test
  void critical_isExceededByOnePercentOfStableWindows() {
    SplittableRandom random = new SplittableRandom(5);
    int exceeded = 0;
    for (int trial = 0; trial < 2000; trial++) {
      long[] reference = new long[10];
      long[] window = new long[10];
      for (int i = 0; i < 5000; i++) {
        reference[random.nextInt(10)]++;
      }
      for (int i = 0; i < 500; i++) {
        window[random.nextInt(10)]++;
      }
      StabilityIndex index = StabilityIndex.of(reference, window, 1, 500);
      exceeded += index.value() > index.critical() ? 1 : 0;
    }

    assertEquals(0.01, exceeded / 2000.0, 0.008);
  }

  @Test
  void of_emptyBinStaysFinite() {
    StabilityIndex index = StabilityIndex.of(new long[] {100, 0}, new long[] {50, 50}, 1, 100);

    assertTrue(Double.isFinite(index.value()) && index.value() > index.critical());
  }

  @Test
  void of_oneBinCannotMove() {
    StabilityIndex index = StabilityIndex.of(new long[] {100, 0}, new long[] {50, 0}, 1, 50);

    assertEquals(0, index.value());
    assertEquals(1, index.pValue());
  }

  @Test
  void adjust_benjaminiHochbergByHand() {
    double[] adjusted = FalseDiscovery.adjust(new double[] {0.01, 0.04, 0.03, 0.005});

    assertEquals(0.02, adjusted[0], 1e-12);
    assertEquals(0.04, adjusted[1], 1e-12);
    assertEquals(0.04, adjusted[2], 1e-12);
    assertEquals(0.02, adjusted[3], 1e-12);
  }
}
