package dev.lockkeeper.contracts.run;

import dev.lockkeeper.formats.deployment.Confirmation;
import org.jspecify.annotations.Nullable;

/**
 * A rollback as people read it.
 *
 * @param reason what was seen, with its size
 * @param canaryRequests requests that the candidate had received when it was taken back
 * @param restoreSeconds seconds from the decision until it was confirmed that the stable version
 *     serves alone
 * @param confirmation which gateways confirmed it; null if the target does not say
 */
public record RollbackSummary(
    String reason,
    long canaryRequests,
    double restoreSeconds,
    @Nullable Confirmation confirmation) {

  /** A rollback of which it is not known which gateways confirmed it. */
  public RollbackSummary(String reason, long canaryRequests, double restoreSeconds) {
    this(reason, canaryRequests, restoreSeconds, null);
  }
}
