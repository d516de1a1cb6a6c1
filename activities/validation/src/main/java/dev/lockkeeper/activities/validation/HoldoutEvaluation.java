package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A candidate measured on the hold-out, and beside it the stable version on the same rows. */
public final class HoldoutEvaluation {

  private final ValidationSpecification specification;
  private final MeasuredHoldout measured;
  private final List<PairedBootstrap.Estimate> estimates;
  private final List<BehaviourResult> behaviour;
  private final @Nullable GroupFairness fairness;

  HoldoutEvaluation(
      ValidationSpecification specification,
      MeasuredHoldout measured,
      List<PairedBootstrap.Estimate> estimates,
      List<BehaviourResult> behaviour,
      @Nullable GroupFairness fairness) {
    this.specification = specification;
    this.measured = measured;
    this.estimates = List.copyOf(estimates);
    this.behaviour = List.copyOf(behaviour);
    this.fairness = fairness;
  }

  /**
   * An evaluation with which a check is tested: every row is a key of its own, no behavioural check
   * has run and no groups were compared.
   *
   * @param labels the hold-out's labels, both of them among these
   * @param probabilities the candidate's probability of a true label for each row
   * @param stable those of a stable version {@code "1"}, which held out the same rows; null for a
   *     first release
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public static HoldoutEvaluation of(
      ValidationSpecification specification,
      boolean[] labels,
      double[] probabilities,
      double @Nullable [] stable) {
    int rows = labels.length;
    if (probabilities.length != rows || (stable != null && stable.length != rows)) {
      throw new IllegalArgumentException(
          rows + " labels: expected as many probabilities of each model");
    }
    boolean[] heldOut = new boolean[rows];
    Arrays.fill(heldOut, true);
    HoldoutTable table =
        new HoldoutTable(
            Set.of(), RowUnits.eachRow(rows), heldOut, labels.clone(), Map.of(), Map.of());
    MeasuredHoldout measured =
        new MeasuredHoldout(
            table,
            specification.decisionThreshold(),
            probabilities.clone(),
            stable == null ? null : "1",
            stable == null ? null : stable.clone());
    return new HoldoutEvaluation(
        specification,
        measured,
        measured.estimate(PairedBootstrap.of(specification)),
        List.of(),
        null);
  }

  /** The gates as the pipeline asks for them. */
  public ValidationSpecification specification() {
    return specification;
  }

  /** The hold-out's labels, in row order. */
  public boolean[] labels() {
    return measured.table().labels().clone();
  }

  /** The candidate's probabilities of a true label, in row order. */
  public double[] probabilities() {
    return measured.candidate().clone();
  }

  /**
   * The stable version's on the same rows; null for a first release. It may have been trained on
   * rows that {@link #heldOutByStable} does not mark.
   */
  public double @Nullable [] stableProbabilities() {
    double[] stable = measured.stable();
    return stable == null ? null : stable.clone();
  }

  /** Whether the stable version held out each row too, in row order. */
  public boolean[] heldOutByStable() {
    return measured.table().heldOutByStable().clone();
  }

  /** The stable version; empty for a first release. */
  public String stableVersion() {
    return Objects.requireNonNullElse(measured.stableVersion(), "");
  }

  /** Every metric of the candidate with its interval. */
  public List<MetricValue> metrics() {
    return estimates.stream().map(PairedBootstrap.Estimate::metricValue).toList();
  }

  MeasuredHoldout measured() {
    return measured;
  }

  List<PairedBootstrap.Estimate> estimates() {
    return estimates;
  }

  List<BehaviourResult> behaviour() {
    return behaviour;
  }

  @Nullable GroupFairness fairness() {
    return fairness;
  }
}
