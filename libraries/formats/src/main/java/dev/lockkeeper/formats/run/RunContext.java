package dev.lockkeeper.formats.run;

/**
 * The facts of a run that every stage is told and binds into its statement.
 *
 * @param runId the business key {@code MODEL@VERSION}, which is the workflow id
 * @param workflowRunId Temporal's run id of the execution
 * @param namespace the Temporal namespace
 * @param model the model's name
 * @param version the version that this run makes
 * @param startedBy the principal who started the run; may not approve it
 * @param specificationDigest hexadecimal SHA-256 of the pipeline specification
 */
public record RunContext(
    String runId,
    String workflowRunId,
    String namespace,
    String model,
    String version,
    String startedBy,
    String specificationDigest) {}
