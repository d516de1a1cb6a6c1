package dev.lockkeeper.formats.validation;

import dev.lockkeeper.formats.Range;
import dev.lockkeeper.formats.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gates of the validation stage.
 *
 * @param decisionThreshold a prediction at or above it is positive
 * @param confidence confidence of every interval, for example 0.95
 * @param bootstrapSamples bootstrap samples of every interval
 * @param seed the bootstrap's seed
 * @param metrics gates on metrics
 * @param behaviour behavioural checks
 * @param fairness the fairness gate; null for none
 * @param protectedColumns columns that the contract marks as protected
 */
public record ValidationSpecification(
    double decisionThreshold,
    double confidence,
    int bootstrapSamples,
    long seed,
    List<MetricGate> metrics,
    List<BehaviourCheck> behaviour,
    @Nullable FairnessGate fairness,
    List<String> protectedColumns) {

  public static final Range<Double> DECISION_THRESHOLDS = new Range<>(0.0, 1.0);

  public static final Range<Double> CONFIDENCES = new Range<>(0.5, 0.9999);

  public static final Range<Long> SAMPLES = new Range<>(10L, 100_000L);

  /** Gates of a contract that marks no column as protected. */
  public ValidationSpecification(
      double decisionThreshold,
      double confidence,
      int bootstrapSamples,
      long seed,
      List<MetricGate> metrics,
      List<BehaviourCheck> behaviour,
      @Nullable FairnessGate fairness) {
    this(
        decisionThreshold,
        confidence,
        bootstrapSamples,
        seed,
        metrics,
        behaviour,
        fairness,
        List.of());
  }

  @SuppressWarnings("ConstantValue") // a payload of before they were kept reads as null
  public ValidationSpecification {
    protectedColumns = protectedColumns == null ? List.of() : List.copyOf(protectedColumns);
    metrics = Required.list("validation.metrics", metrics);
    behaviour = Required.list("validation.behaviour", behaviour);
    DECISION_THRESHOLDS.require("validation.decisionThreshold", decisionThreshold);
    CONFIDENCES.require("validation.confidence", confidence);
    SAMPLES.require("validation.bootstrapSamples", (long) bootstrapSamples);
  }

  /** Protected columns whose groups no gate compares. */
  public List<String> unwatched() {
    return protectedColumns.stream()
        .filter(column -> fairness == null || !fairness.column().equals(column))
        .toList();
  }
}
