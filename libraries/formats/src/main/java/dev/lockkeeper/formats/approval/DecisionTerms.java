package dev.lockkeeper.formats.approval;

import java.time.Instant;

/**
 * What a decision binds. A closed document: every field is signed, none may be missing.
 *
 * @param action what is decided: {@link #PROMOTE} or {@link #PROMOTE_UNSHOWN}
 * @param namespace the Temporal namespace
 * @param workflowId the run's workflow id
 * @param runId Temporal's run id
 * @param model the model's name
 * @param version the version
 * @param target the endpoint
 * @param packageRoot the package's root digest
 * @param evidenceDigest SHA-256 of the envelope that it is decided on: the gate statement's, or of
 *     {@link #PROMOTE_UNSHOWN} the canary verdict's
 * @param policyDigest SHA-256 of the approval policy in force when the review was opened
 * @param nonce a random value that counts once
 * @param notBefore when a decision becomes valid
 * @param expires when it stops being valid, at most 72 hours later
 */
public record DecisionTerms(
    String action,
    String namespace,
    String workflowId,
    String runId,
    String model,
    String version,
    String target,
    String packageRoot,
    String evidenceDigest,
    String policyDigest,
    String nonce,
    Instant notBefore,
    Instant expires) {

  /** That a package may be tried on an endpoint and promoted there by its plan. */
  public static final String PROMOTE = "promote";

  /** That it is promoted although it is not shown to stay inside the margin of its plan. */
  public static final String PROMOTE_UNSHOWN = "promote-unshown";
}
