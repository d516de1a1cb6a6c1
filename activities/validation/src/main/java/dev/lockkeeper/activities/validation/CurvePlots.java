package dev.lockkeeper.activities.validation;

import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The plots of a model's curves, beside the stable model's where there is one. */
final class CurvePlots {

  private static final int WIDE = 900;
  private static final int SQUARE = 440;
  private static final int HEIGHT = 360;
  private static final int LOW = 260;

  private CurvePlots() {}

  static String roc(Curves candidate, @Nullable Curves stable) {
    PlotFrame frame =
        new PlotFrame("ROC curve", SQUARE, HEIGHT, 1, 1)
            .axes("false positive rate", "true positive rate", "%.1f", "%.1f");
    frame.line("chance", 0, 0, 1, 1);
    if (stable != null) {
      frame.path("curve stable", coordinates(stable.roc()));
    }
    frame.path("curve candidate", coordinates(candidate.roc()));
    return frame.close();
  }

  static String precisionRecall(Curves candidate, @Nullable Curves stable) {
    PlotFrame frame =
        new PlotFrame("Precision-recall curve", SQUARE, HEIGHT, 1, 1)
            .axes("recall", "precision", "%.1f", "%.1f");
    if (stable != null) {
      frame.path("curve stable", precisionLine(stable));
    }
    frame.path("curve candidate", precisionLine(candidate));
    return frame.close();
  }

  private static double[] precisionLine(Curves curves) {
    return curves.precisionRecall().stream()
        .flatMapToDouble(point -> DoubleStream.of(point.recall(), point.precision()))
        .toArray();
  }

  private static double[] coordinates(List<Curves.RocPoint> points) {
    double[] coordinates = new double[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      coordinates[2 * i] = points.get(i).falsePositiveRate();
      coordinates[2 * i + 1] = points.get(i).truePositiveRate();
    }
    return coordinates;
  }

  static String calibration(Curves candidate, @Nullable Curves stable) {
    PlotFrame frame =
        new PlotFrame("Calibration", SQUARE, HEIGHT, 1, 1)
            .axes("mean prediction", "share of true labels", "%.1f", "%.1f");
    frame.line("chance", 0, 0, 1, 1);
    if (stable != null) {
      frame.path("curve stable", calibrationLine(stable));
    }
    frame.path("curve candidate", calibrationLine(candidate));
    for (Curves.CalibrationBin bin : candidate.calibration()) {
      frame.line("whisker candidate", bin.predicted(), bin.low(), bin.predicted(), bin.high());
      frame.point(
          "dot candidate",
          bin.predicted(),
          bin.observed(),
          3.5,
          Markup.format(
              "%d rows: predicted %.3f, observed %.3f [%.3f, %.3f]",
              bin.rows(), bin.predicted(), bin.observed(), bin.low(), bin.high()));
    }
    return frame.close();
  }

  private static double[] calibrationLine(Curves curves) {
    return curves.calibration().stream()
        .flatMapToDouble(bin -> DoubleStream.of(bin.predicted(), bin.observed()))
        .toArray();
  }

  /** Predictions of both labels as mirrored shares of their rows, with the decision threshold. */
  static String scores(Curves candidate, double decisionThreshold) {
    double negatives = Math.max(1, candidate.negatives().stream().mapToInt(n -> n).sum());
    double positives = Math.max(1, candidate.positives().stream().mapToInt(n -> n).sum());
    double largest = 0;
    for (int bin = 0; bin < Curves.SCORE_BINS; bin++) {
      largest = Math.max(largest, candidate.negatives().get(bin) / negatives);
      largest = Math.max(largest, candidate.positives().get(bin) / positives);
    }
    double top = Math.ceil(largest * 20) / 20;
    PlotFrame frame =
        new PlotFrame("Predictions by label", WIDE, LOW, 1, top)
            .axes("prediction", "share of the label's rows", "%.1f", "%.2f");
    for (int bin = 0; bin < Curves.SCORE_BINS; bin++) {
      double from = (double) bin / Curves.SCORE_BINS;
      double middle = (bin + 0.5) / Curves.SCORE_BINS;
      double to = (bin + 1.0) / Curves.SCORE_BINS;
      int rowsFalse = candidate.negatives().get(bin);
      int rowsTrue = candidate.positives().get(bin);
      String range = Markup.format("%.2f to %.2f: ", from, to);
      frame.bar("bar negative", from, middle, rowsFalse / negatives, range + rowsFalse + " false");
      frame.bar("bar positive", middle, to, rowsTrue / positives, range + rowsTrue + " true");
    }
    frame.line("threshold", decisionThreshold, 0, decisionThreshold, top);
    return frame.close();
  }
}
