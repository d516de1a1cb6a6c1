package dev.lockkeeper.formats.approval;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import java.util.List;

/**
 * An open review.
 *
 * @param terms what a decision must bind
 * @param quorum distinct approvers needed
 * @param approvers the principals who may decide (not the one who started the run)
 * @param policy the pinned allowed signers (evidence zone)
 */
public record Review(DecisionTerms terms, int quorum, List<String> approvers, ArtifactRef policy) {

  /** Whether too few people may decide: it can be rejected, and cannot be approved. */
  public boolean lacksApprovers() {
    return approvers.size() < quorum;
  }
}
