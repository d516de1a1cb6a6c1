package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Input that gives a candidate a share of the traffic, or makes it the stable version.
 *
 * @param run the run
 * @param endpoint the endpoint
 * @param candidate the candidate
 * @param approval its approval
 * @param percent its share of the traffic, 0.01 to 100 with at most two decimals
 * @param seen the sequence of the manifest that the canary saw last, 0 if there was none: the
 *     change is the manifest after it, or is refused
 * @param leaseUntil when the gateways take the candidate's share back by themselves; after it the
 *     change is refused. Null for never
 * @param verdict what was signed at the last look at the manifest that was seen: what lets the
 *     candidate go on. Null for the first step
 * @param consent the approvers' consent to a promotion without a shown margin; null if none was
 *     asked for
 */
public record ShiftTrafficInput(
    RunContext run,
    String endpoint,
    ModelPackage candidate,
    Approval approval,
    double percent,
    long seen,
    @Nullable Instant leaseUntil,
    @Nullable String verdict,
    @Nullable Approval consent) {

  /** A share without an end, before any look. */
  public ShiftTrafficInput(
      RunContext run,
      String endpoint,
      ModelPackage candidate,
      Approval approval,
      double percent,
      long seen) {
    this(run, endpoint, candidate, approval, percent, seen, null, null, null);
  }
}
