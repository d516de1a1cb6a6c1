package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.contracts.run.RollbackSummary;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.deployment.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * How a canary ended.
 *
 * @param verdict {@code PROMOTED} or {@code ROLLED_BACK}
 * @param message one line for people
 * @param deployment the last change of what the endpoint serves
 * @param rollback what was taken back and why; null if promoted
 */
public record CanaryResult(
    Verdict verdict, String message, Deployment deployment, @Nullable RollbackSummary rollback) {}
