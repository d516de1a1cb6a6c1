package dev.lockkeeper.activities.validation;

/** The frame of a plot: from data to SVG coordinates, with grid, ticks and axis names. */
final class PlotFrame {

  private static final int LEFT = 54;
  private static final int RIGHT = 16;
  private static final int TOP = 12;
  private static final int BOTTOM = 46;

  private final int width;
  private final int height;
  private final double largestX;
  private final double largestY;
  private final StringBuilder svg = new StringBuilder();

  /** A frame from (0, 0) to the largest values. */
  PlotFrame(String title, int width, int height, double largestX, double largestY) {
    this.width = width;
    this.height = height;
    this.largestX = largestX;
    this.largestY = largestY;
    svg.append(
        Markup.format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            width, height, Markup.escape(title)));
  }

  double x(double value) {
    return LEFT + value / largestX * (width - LEFT - RIGHT);
  }

  double y(double value) {
    return height - BOTTOM - value / largestY * (height - TOP - BOTTOM);
  }

  /** Grid lines with labels at fifths of both axes. */
  PlotFrame axes(String nameX, String nameY, String patternX, String patternY) {
    for (int tick = 0; tick <= 5; tick++) {
      double valueX = largestX * tick / 5;
      double valueY = largestY * tick / 5;
      line("grid", valueX, 0, valueX, largestY);
      line("grid", 0, valueY, largestX, valueY);
      text("tick middle", x(valueX), y(0) + 17, Markup.format(patternX, valueX));
      text("tick end", x(0) - 8, y(valueY) + 4, Markup.format(patternY, valueY));
    }
    text("axis middle", (x(0) + x(largestX)) / 2, height - 8, nameX);
    double middle = (y(0) + y(largestY)) / 2;
    svg.append(
        Markup.format(
            "<text class=\"axis middle\" transform=\"translate(13 %.1f) rotate(-90)\">%s</text>",
            middle, Markup.escape(nameY)));
    return this;
  }

  /** A line in data coordinates. */
  void line(String style, double fromX, double fromY, double toX, double toY) {
    svg.append(
        Markup.format(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            style, x(fromX), y(fromY), x(toX), y(toY)));
  }

  /** A point in data coordinates with a tooltip. */
  void point(String style, double valueX, double valueY, double radius, String tooltip) {
    svg.append(
        Markup.format(
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>",
            style, x(valueX), y(valueY), radius, Markup.escape(tooltip)));
  }

  /** A bar in data coordinates with a tooltip. */
  void bar(String style, double fromX, double toX, double toY, String tooltip) {
    svg.append(
        Markup.format(
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>",
            style,
            x(fromX) + 0.5,
            y(toY),
            Math.max(0.5, x(toX) - x(fromX) - 1),
            y(0) - y(toY),
            Markup.escape(tooltip)));
  }

  /** A polyline in data coordinates: alternating x and y. */
  void path(String style, double... coordinates) {
    svg.append("<polyline class=\"").append(style).append("\" points=\"");
    for (int i = 0; i < coordinates.length; i += 2) {
      svg.append(Markup.format("%.1f,%.1f ", x(coordinates[i]), y(coordinates[i + 1])));
    }
    svg.append("\"/>");
  }

  /** A text at SVG coordinates. */
  void text(String style, double atX, double atY, String text) {
    svg.append(
        Markup.format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
            style, atX, atY, Markup.escape(text)));
  }

  String close() {
    return svg.append("</svg>").toString();
  }
}
