package dev.lockkeeper.activities.monitoring;

/**
 * How many times fewer rows a window is worth, since rows of one request resemble each other: the
 * largest design effect of the shares of the bins (Rao and Scott 1981 take the mean, which few
 * requests make too small). Rows of a request come one after another.
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

  long requests() {
    return requests + (ownRows > 0 ? 1 : 0);
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
    double largest = 1;
    for (int bin = 0; bin < counts.length; bin++) {
      double share = (double) counts[bin] / rows;
      if (share > 0 && share < 1) {
        double deviations =
            squares[bin] - 2 * share * products[bin] + share * share * requestSquares;
        largest = Math.max(largest, correction * deviations / (rows * share * (1 - share)));
      }
    }
    return largest;
  }
}
