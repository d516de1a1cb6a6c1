package dev.lockkeeper.formats.approval;

import dev.lockkeeper.formats.artifact.Evidence;
import java.util.List;

/**
 * A closed review.
 *
 * @param outcome how it ended
 * @param terms what was bound
 * @param quorum distinct approvers that were needed
 * @param decisions the decisions that counted
 * @param evidence the signed approval statement
 */
public record Approval(
    ApprovalOutcome outcome,
    DecisionTerms terms,
    int quorum,
    List<AcceptedDecision> decisions,
    Evidence evidence) {}
