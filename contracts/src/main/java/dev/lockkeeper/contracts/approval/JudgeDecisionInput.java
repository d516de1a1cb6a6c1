package dev.lockkeeper.contracts.approval;

import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.RunContext;
import java.util.List;

/**
 * Input that verifies one decision.
 *
 * @param run the run
 * @param review the open review
 * @param decision what was sent
 * @param accepted the decisions that count already
 */
public record JudgeDecisionInput(
    RunContext run, Review review, SignedDecision decision, List<AcceptedDecision> accepted) {}
