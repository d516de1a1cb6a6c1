package dev.lockkeeper.activities.monitoring;

/**
 * How many times fewer rows a window is worth, since rows of one request resemble each other: the
 * mean design effect of the shares of the bins (Rao and Scott 1981). Rows of a request come one
 * after another.
 */
final class RequestEffect {

  private final long[] own;
  private final double[] squares;
  private final double[] products;
  private double requestSquares;
  private long requests;
  private long ownRows;
  private String request = "";

  RequestEffect(int bins) {
    own = new long[bins];
    squares = new double[bins];
    products = new double[bins];
  }

  void add(int bin, String requestId) {
    if (ownRows > 0 && !requestId.equals(request)) {
      close();
    }
    request = requestId;
    own[bin]++;
    ownRows++;
  }

  private void close() {
    for (int bin = 0; bin < own.length; bin++) {
      squares[bin] += (double) own[bin] * own[bin];
      products[bin] += (double) own[bin] * ownRows;
      own[bin] = 0;
    }
    requestSquares += (double) ownRows * ownRows;
    requests++;
    ownRows = 0;
  }

  /**
   * The effect, at least 1.
   *
   * @param counts all rows added, by bin
   * @param rows their number
   */
  double of(long[] counts, long rows) {
    if (ownRows > 0) {
      close();
    }
    if (requests == rows || rows == 0) {
      return 1;
    }
    if (requests == 1) {
      return rows;
    }
    double correction = requests / (requests - 1.0);
    double sum = 0;
    int bins = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] > 0) {
        double share = (double) counts[bin] / rows;
        double deviations =
            squares[bin] - 2 * share * products[bin] + share * share * requestSquares;
        sum += correction * deviations / (rows * share);
        bins++;
      }
    }
    return bins < 2 ? 1 : Math.max(1, sum / (bins - 1));
  }
}
