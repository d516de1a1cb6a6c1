package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselineHistogramsTest {

  @Test
  void histogram_manyValuesAreDeciles() {
    double[] column = IntStream.range(0, 1000).asDoubleStream().toArray();

    MonitoringBaseline.Histogram histogram = BaselineHistograms.histogram("distance", column);

    assertEquals(9, histogram.edges().size());
    assertEquals(
        List.of(100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L), histogram.counts());
  }

  @Test
  void histogram_twoValuesHaveABinEach() {
    double[] column = IntStream.range(0, 100).mapToDouble(i -> i < 95 ? 1 : 0).toArray();

    assertEquals(
        List.of(0L, 5L, 0L, 95L, 0L), BaselineHistograms.histogram("card", column).counts());
  }

  @Test
  void histogram_valueNeverSeenAmongFewHasABinOfItsOwn() {
    double[] column = IntStream.range(0, 100).mapToDouble(i -> i % 2 == 0 ? 1 : 4).toArray();

    MonitoringBaseline.Histogram histogram = BaselineHistograms.histogram("payment", column);

    int bin = 0;
    while (bin < histogram.edges().size() && histogram.edges().get(bin) < 3) {
      bin++;
    }
    assertEquals(0L, histogram.counts().get(bin));
  }

  @Test
  void histogram_valueThatFillsADecileHasItsOwnBin() {
    double[] column = IntStream.range(0, 1000).mapToDouble(i -> i < 400 ? 0 : i - 700).toArray();

    MonitoringBaseline.Histogram histogram = BaselineHistograms.histogram("tip", column);

    int zero = histogram.edges().indexOf(0.0);
    assertEquals(401L, histogram.counts().get(zero));
  }

  @Test
  void histogram_notANumberIsMissing() {
    MonitoringBaseline.Histogram histogram =
        BaselineHistograms.histogram("fare", new double[] {1, Double.NaN, 2});

    assertEquals(1, histogram.missing());
    assertEquals(2, histogram.counts().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void of_lastHistogramIsThePrediction() {
    MonitoringBaseline baseline =
        BaselineHistograms.of(List.of("a"), new float[][] {{1f}, {2f}}, new double[] {0.2, 0.8});

    assertEquals(2, baseline.rows());
    assertEquals("prediction", baseline.histograms().get(1).name());
  }
}
