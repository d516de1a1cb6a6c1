package dev.lockkeeper.formats.approval;

import java.time.Instant;

/**
 * What a decision binds. A closed document: every field is signed, none may be missing.
 *
 * @param action always {@code promote}
 * @param namespace the Temporal namespace
 * @param workflowId the run's workflow id
 * @param runId Temporal's run id
 * @param model the model's name
 * @param version the version
 * @param target the endpoint
 * @param packageRoot the package's root digest
 * @param evidenceDigest SHA-256 of the gate statement's envelope
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
    Instant expires) {}
