package dev.lockkeeper.activities.validation;

/** Small inline plots for table cells: an interval against a reference, and a rate as a bar. */
final class IntervalBars {

  private static final int WIDTH = 240;
  private static final int HEIGHT = 22;

  private IntervalBars() {}

  /**
   * An interval with its point.
   *
   * @param reach the axis goes from {@code -reach} to {@code reach} with zero in the middle
   */
  static String aroundZero(double value, double low, double high, double reach) {
    String style = low >= 0 ? "good" : high < 0 ? "bad" : "even";
    return interval(scale(value, reach), scale(low, reach), scale(high, reach), style, 0.5);
  }

  /** An interval of a value between 0 and {@code largest}. */
  static String fromZero(double value, double low, double high, double largest) {
    double bound = largest <= 0 ? 1 : largest;
    return interval(value / bound, low / bound, high / bound, "candidate", -1);
  }

  /** A share as a horizontal bar. */
  static String share(double share) {
    return open()
        + Markup.format(
            "<rect class=\"track\" x=\"0\" y=\"6\" width=\"%d\" height=\"10\" rx=\"3\"/>", WIDTH)
        + Markup.format(
            "<rect class=\"bar candidate\" x=\"0\" y=\"6\" width=\"%.1f\" height=\"10\" rx=\"3\"/></svg>",
            WIDTH * clamp(share));
  }

  private static String interval(
      double value, double low, double high, String style, double reference) {
    StringBuilder svg = new StringBuilder(open());
    svg.append(
        Markup.format("<line class=\"rail\" x1=\"0\" y1=\"11\" x2=\"%d\" y2=\"11\"/>", WIDTH));
    if (reference >= 0) {
      svg.append(
          Markup.format(
              "<line class=\"zero\" x1=\"%1$.1f\" y1=\"1\" x2=\"%1$.1f\" y2=\"21\"/>",
              reference * WIDTH));
    }
    svg.append(
        Markup.format(
            "<line class=\"span %s\" x1=\"%.1f\" y1=\"11\" x2=\"%.1f\" y2=\"11\"/>",
            style, WIDTH * clamp(low), WIDTH * clamp(high)));
    svg.append(
        Markup.format(
            "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"11\" r=\"4.5\"/></svg>",
            style, WIDTH * clamp(value)));
    return svg.toString();
  }

  private static String open() {
    return Markup.format(
        "<svg class=\"inline\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">", WIDTH, HEIGHT);
  }

  private static double scale(double value, double reach) {
    return reach <= 0 ? 0.5 : 0.5 + value / reach / 2;
  }

  private static double clamp(double share) {
    return Math.max(0.02, Math.min(0.98, share));
  }
}
