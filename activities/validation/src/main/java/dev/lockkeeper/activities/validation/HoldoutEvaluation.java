package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A candidate measured on the hold-out, and beside it the stable version on the same rows. */
public final class HoldoutEvaluation {

  private final ValidationSpecification specification;
  private final Predictions candidate;
  private final @Nullable Predictions stable;
  private final List<PairedBootstrap.Estimate> estimates;
  private final List<BehaviourResult> behaviour;
  private final @Nullable GroupFairness fairness;

  HoldoutEvaluation(
      ValidationSpecification specification,
      Predictions candidate,
      @Nullable Predictions stable,
      List<PairedBootstrap.Estimate> estimates,
      List<BehaviourResult> behaviour,
      @Nullable GroupFairness fairness) {
    this.specification = specification;
    this.candidate = candidate;
    this.stable = stable;
    this.estimates = List.copyOf(estimates);
    this.behaviour = List.copyOf(behaviour);
    this.fairness = fairness;
  }

  /**
   * A model's probabilities.
   *
   * @param version the stable model's version; empty for the candidate
   * @param labels the hold-out's labels, in row order
   * @param probabilities the probability of a true label, in row order
   */
  record Predictions(String version, boolean[] labels, double[] probabilities) {}

  /** The gates as the pipeline asks for them. */
  public ValidationSpecification specification() {
    return specification;
  }

  /** The hold-out's labels, in row order. */
  public boolean[] labels() {
    return candidate.labels().clone();
  }

  /** The candidate's probabilities of a true label, in row order. */
  public double[] probabilities() {
    return candidate.probabilities().clone();
  }

  /** The stable version's on the same rows; null for a first release. */
  public double @Nullable [] stableProbabilities() {
    return stable == null ? null : stable.probabilities().clone();
  }

  /** The stable version; empty for a first release. */
  public String stableVersion() {
    return stable == null ? "" : stable.version();
  }

  /** Every metric of the candidate with its interval. */
  public List<MetricValue> metrics() {
    return estimates.stream().map(PairedBootstrap.Estimate::metricValue).toList();
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
