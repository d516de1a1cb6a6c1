package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.util.List;
import java.util.Objects;
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
