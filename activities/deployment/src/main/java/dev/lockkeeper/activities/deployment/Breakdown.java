package dev.lockkeeper.activities.deployment;

/**
 * Whether a candidate breaks down: a test by requests that no cluster of keys can mislead, for a
 * candidate that has few keys, or whose keys have all failed once.
 *
 * <p>Two attempts of equal versions at a request fail with one chance p each, so that the first one
 * fails and the second does not with a chance of p(1 − p), at most 1/4, whatever p is and whosever
 * request it is. A failure of the candidate is such a pair. Double of that is tolerated, 1/2, and
 * 9/10 stands against it: a failure multiplies the evidence by 1.8 and every other request by 0.2.
 * It may begin with any look: the one of number t with the weight 1/(t(t + 1)), and all weights add
 * up to 1. Looks at which the stable version fails in one of four requests are left out, as both do
 * when the machine stands still.
 *
 * @param looks looks so far
 * @param logWealth log of the evidence of all tests that have begun; without meaning before the
 *     first look
 */
record Breakdown(long looks, double logWealth) {

  static final Breakdown NONE = new Breakdown(0, 0);

  private static final double STANDSTILL = 0.25;
  private static final double LOG_FAILED = Math.log(0.9 / 0.5);
  private static final double LOG_OTHER = Math.log(0.1 / 0.5);

  /**
   * Adds a look.
   *
   * @param requests the candidate's requests since the last one
   * @param failures how many of them failed
   * @param others the stable version's requests since the last one
   * @param othersFailures how many of them failed
   */
  Breakdown add(long requests, long failures, long others, long othersFailures) {
    long look = looks + 1;
    double beginning = -Math.log(look) - Math.log(look + 1);
    double before = looks == 0 ? beginning : sum(logWealth, beginning);
    boolean left = othersFailures >= STANDSTILL * others;
    double added = LOG_FAILED * failures + LOG_OTHER * (requests - failures);
    return new Breakdown(look, left ? before : before + added);
  }

  /** The e-value: what has begun, and the weight of what has not. */
  double eValue() {
    return looks == 0 ? 1 : Math.exp(Math.min(logWealth, 700)) + 1.0 / (looks + 1);
  }

  private static double sum(double one, double other) {
    double larger = Math.max(one, other);
    return larger + Math.log1p(Math.exp(Math.min(one, other) - larger));
  }
}
