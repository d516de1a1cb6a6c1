package dev.lockkeeper.activities.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A hold-out with the answers of the models.
 *
 * @param table the hold-out
 * @param threshold an answer at or above it is positive
 * @param candidate the candidate's probabilities
 * @param stableVersion the stable version; null for a first release
 * @param stable its probabilities; null for a first release
 */
record MeasuredHoldout(
    HoldoutTable table,
    double threshold,
    double[] candidate,
    @Nullable String stableVersion,
    double @Nullable [] stable) {

  /** What is compared with the stable version; null for a first release. */
  @Nullable Comparison comparison() {
    if (stableVersion == null) {
      return null;
    }
    List<Integer> shared = shared();
    LabelledUnits units = LabelledUnits.of(pick(table.labels(), shared), table.units().of(shared));
    return new Comparison(stableVersion, shared.size(), table.rows(), units);
  }

  /** Every metric; the gains are of the rows that both held out, if these have both labels. */
  List<PairedBootstrap.Estimate> estimate(PairedBootstrap bootstrap) {
    List<Integer> shared = shared();
    double[] theirs = stable;
    ScoredRows ours = new ScoredRows(candidate, table.labels(), threshold);
    Comparison comparison = comparison();
    if (theirs == null || comparison == null || !comparison.isPossible()) {
      return bootstrap.estimate(ours, null, table.units());
    }
    boolean[] labels = pick(table.labels(), shared);
    ScoredRows stableRows = new ScoredRows(pick(theirs, shared), labels, threshold);
    if (shared.size() == table.rows()) {
      return bootstrap.estimate(ours, stableRows, table.units());
    }
    ScoredRows sharedRows = new ScoredRows(pick(candidate, shared), labels, threshold);
    List<PairedBootstrap.Estimate> own = bootstrap.estimate(ours, null, table.units());
    List<PairedBootstrap.Estimate> paired =
        bootstrap.estimate(sharedRows, stableRows, table.units().of(shared));
    List<PairedBootstrap.Estimate> estimates = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      estimates.add(own.get(i).comparedAs(paired.get(i)));
    }
    return estimates;
  }

  /** The stable model's curves on the rows that both held out; null if there is no comparison. */
  @Nullable Curves stableCurves() {
    double[] theirs = stable;
    Comparison comparison = comparison();
    return theirs == null || comparison == null || !comparison.isPossible()
        ? null
        : Curves.of(pick(theirs, shared()), pick(table.labels(), shared()));
  }

  boolean[] predicted() {
    boolean[] predicted = new boolean[candidate.length];
    for (int row = 0; row < predicted.length; row++) {
      predicted[row] = candidate[row] >= threshold;
    }
    return predicted;
  }

  private List<Integer> shared() {
    return IntStream.range(0, table.rows())
        .filter(row -> table.heldOutByStable()[row])
        .boxed()
        .toList();
  }

  private static double[] pick(double[] values, List<Integer> rows) {
    return rows.stream().mapToDouble(row -> values[row]).toArray();
  }

  private static boolean[] pick(boolean[] values, List<Integer> rows) {
    boolean[] picked = new boolean[rows.size()];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[rows.get(i)];
    }
    return picked;
  }
}
