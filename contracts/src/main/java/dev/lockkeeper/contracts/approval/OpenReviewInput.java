package dev.lockkeeper.contracts.approval;

import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.Evaluation;

/**
 * Input that opens a review.
 *
 * @param run the run
 * @param endpoint the endpoint
 * @param approval what the pipeline asks for
 * @param modelPackage what is to be promoted
 * @param evaluation what the gates found
 */
public record OpenReviewInput(
    RunContext run,
    String endpoint,
    ApprovalSpecification approval,
    ModelPackage modelPackage,
    Evaluation evaluation) {}
