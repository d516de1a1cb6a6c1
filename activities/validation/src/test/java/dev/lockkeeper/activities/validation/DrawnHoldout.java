package dev.lockkeeper.activities.validation;

import java.util.SplittableRandom;

/**
 * A hold-out drawn from a known law: a latent score of a unit variance normal variate, which lies
 * higher in rows with a true label, and the probability that follows from it. Both models see it
 * with correlated errors.
 *
 * @param labels labels
 * @param candidate the candidate's probabilities
 * @param stable the stable model's probabilities
 * @param units the keys
 */
record DrawnHoldout(boolean[] labels, double[] candidate, double[] stable, RowUnits units) {

  /**
   * The law.
   *
   * @param share of true labels
   * @param candidate how far the candidate tells labels apart, in standard deviations
   * @param stable how far the stable model does
   * @param correlation of their errors
   * @param perKey rows of a key
   * @param withinKey correlation of one model's errors, and of the labels' causes, within a key
   */
  record Law(
      double share,
      double candidate,
      double stable,
      double correlation,
      int perKey,
      double withinKey) {}

  static DrawnHoldout draw(Law law, int rows, SplittableRandom random) {
    boolean[] labels = new boolean[rows];
    double[] ours = new double[rows];
    double[] theirs = new double[rows];
    String[] keys = new String[rows];
    double ofKey = Math.sqrt(law.withinKey());
    double ofRow = Math.sqrt(1 - law.withinKey());
    double cut = -NormalDraw.quantile(law.share());
    double[] key = new double[4];
    for (int row = 0; row < rows; row++) {
      if (row % law.perKey() == 0) {
        for (int i = 0; i < key.length; i++) {
          key[i] = NormalDraw.gaussian(random);
        }
      }
      keys[row] = "key " + row / law.perKey();
      labels[row] = ofKey * key[0] + ofRow * NormalDraw.gaussian(random) >= cut;
      double common = ofKey * key[1] + ofRow * NormalDraw.gaussian(random);
      double first = ofKey * key[2] + ofRow * NormalDraw.gaussian(random);
      double second = ofKey * key[3] + ofRow * NormalDraw.gaussian(random);
      ours[row] = probability(law, law.candidate(), labels[row], common, first);
      theirs[row] = probability(law, law.stable(), labels[row], common, second);
    }
    RowUnits units = law.perKey() == 1 ? RowUnits.eachRow(rows) : RowUnits.of(keys);
    return new DrawnHoldout(labels, ours, theirs, units);
  }

  private static double probability(
      Law law, double distance, boolean label, double common, double own) {
    double noise = Math.sqrt(law.correlation()) * common + Math.sqrt(1 - law.correlation()) * own;
    double score = (label ? distance : 0) + noise;
    double odds = Math.log(law.share() / (1 - law.share()));
    double logit = odds + distance * score - distance * distance / 2;
    return 1 / (1 + Math.exp(-logit));
  }

  ScoredRows candidateRows(double threshold) {
    return new ScoredRows(candidate, labels, threshold);
  }

  ScoredRows stableRows(double threshold) {
    return new ScoredRows(stable, labels, threshold);
  }
}
