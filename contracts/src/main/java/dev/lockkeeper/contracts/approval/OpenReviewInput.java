package dev.lockkeeper.contracts.approval;

import dev.lockkeeper.contracts.deployment.CanaryQuestion;
import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * Input that opens a review.
 *
 * @param run the run
 * @param endpoint the endpoint
 * @param approval what the pipeline asks for
 * @param modelPackage what is to be promoted
 * @param evaluation what the gates found
 * @param question what the canary asks; null before there is one
 * @param knownPolicy whether a review is taken that too few people may decide on, and can be
 *     rejected alone: the SHA-256 of the allowed signers of the one that the caller has, so that
 *     another one is waited for; empty if it has none; null if no such review is taken
 */
public record OpenReviewInput(
    RunContext run,
    String endpoint,
    ApprovalSpecification approval,
    ModelPackage modelPackage,
    Evaluation evaluation,
    @Nullable CanaryQuestion question,
    @Nullable String knownPolicy) {

  /** Opens a review before the canary that enough people may decide on. */
  public OpenReviewInput(
      RunContext run,
      String endpoint,
      ApprovalSpecification approval,
      ModelPackage modelPackage,
      Evaluation evaluation) {
    this(run, endpoint, approval, modelPackage, evaluation, null, null);
  }

  /** The same, where a review that too few people may decide on is taken. */
  public OpenReviewInput withTooFew(String knownPolicyDigest) {
    return new OpenReviewInput(
        run, endpoint, approval, modelPackage, evaluation, question, knownPolicyDigest);
  }
}
