package dev.lockkeeper.contracts.deployment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Input that takes releases back. Once it is done a manifest after {@code seen} is in force, so
 * that no change that was begun before is made any more.
 *
 * @param endpoint the endpoint
 * @param version the version to restore; null takes the candidate back or, outside a canary,
 *     restores the stable version before this one
 * @param reason why, in one line
 * @param requestId makes a repeated request the same request
 * @param seen the sequence of the manifest that was seen last, 0 if there was none
 * @param takesBack roots of the packages to take back: where none of them serves any more,
 *     everything stays as it is. Empty: whatever serves, or no more than {@code anyCandidate}
 * @param anyCandidate whether to take back whichever candidate has traffic by then. With an empty
 *     {@code takesBack} a stable version stays as it is
 */
public record RestoreInput(
    String endpoint,
    @Nullable String version,
    String reason,
    String requestId,
    long seen,
    List<String> takesBack,
    boolean anyCandidate) {

  /** An input that was written before the fields were there has no list. */
  public RestoreInput {
    takesBack = takesBack == null ? List.of() : List.copyOf(takesBack);
  }
}
