package dev.lockkeeper.contracts.approval;

import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunContext;
import java.util.List;

/**
 * Input that closes a review.
 *
 * @param run the run
 * @param review the review
 * @param modelPackage what was decided on
 * @param outcome how it ended
 * @param decisions the decisions that count
 */
public record CloseReviewInput(
    RunContext run,
    Review review,
    ModelPackage modelPackage,
    ApprovalOutcome outcome,
    List<AcceptedDecision> decisions) {}
