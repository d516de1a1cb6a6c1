package dev.lockkeeper.formats.validation;

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
 */
public record ValidationSpecification(
    double decisionThreshold,
    double confidence,
    int bootstrapSamples,
    long seed,
    List<MetricGate> metrics,
    List<BehaviourCheck> behaviour,
    @Nullable FairnessGate fairness) {}
