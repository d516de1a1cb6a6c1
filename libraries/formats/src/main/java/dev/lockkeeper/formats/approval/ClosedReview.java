package dev.lockkeeper.formats.approval;

import java.util.List;

/**
 * What the approval role states about a package.
 *
 * @param outcome how the review ended
 * @param terms what was bound
 * @param quorum distinct approvers that were needed
 * @param decisions the decisions that counted
 */
public record ClosedReview(
    ApprovalOutcome outcome, DecisionTerms terms, int quorum, List<AcceptedDecision> decisions) {}
