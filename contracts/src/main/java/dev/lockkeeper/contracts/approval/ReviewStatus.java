package dev.lockkeeper.contracts.approval;

import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.validation.GateResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be decided and what was decided so far.
 *
 * @param review the open review; null while there is none
 * @param gates what the gates found
 * @param page the evaluation page; null before validation
 * @param accepted decisions that count
 * @param refused attempts that changed nothing, each in one line, at most twenty
 */
public record ReviewStatus(
    @Nullable Review review,
    List<GateResult> gates,
    @Nullable ArtifactRef page,
    List<AcceptedDecision> accepted,
    List<String> refused) {}
