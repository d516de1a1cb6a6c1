package dev.lockkeeper.formats.deployment;

import java.time.Duration;
import java.util.List;

/**
 * The canary's plan.
 *
 * @param steps the steps, with rising percent
 * @param lookEvery time between two judgements
 * @param alpha chance of a false rollback over any number of looks, for example 0.05
 * @param maximum longest time of the whole canary; then the candidate is taken back
 */
public record DeploymentSpecification(
    List<CanaryStep> steps, Duration lookEvery, double alpha, Duration maximum) {}
