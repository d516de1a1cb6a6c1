package dev.lockkeeper.contracts.approval;

/**
 * A decision as it is sent. Untrusted until verified.
 *
 * @param document the exact text that was signed: a {@link DecisionDocument} as JSON
 * @param signature the armored SSH signature over it
 * @param traceparent the sender's W3C trace context; empty if not traced
 */
public record SignedDecision(String document, String signature, String traceparent) {

  /** The largest accepted sum of both texts, in characters. */
  public static final int MAXIMUM_LENGTH = 16_384;
}
