package dev.lockkeeper.activities.approval;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.attestation.release.RejectedPackages;
import dev.lockkeeper.attestation.release.SignedVerdict;
import dev.lockkeeper.attestation.ssh.AllowedSigners;
import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.contracts.deployment.CanaryQuestion;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.ReviewFormat;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.CanaryVerdict;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens reviews: pins who may decide and issues what must be signed.
 *
 * @param context the approval role's context
 * @param minimumQuorum the worker's own least quorum
 * @param clock the worker's clock
 */
record ReviewOpening(StageContext context, int minimumQuorum, Clock clock) {
  private static final Duration LONGEST = Duration.ofHours(72);
  private static final int NONCE_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  Review open(OpenReviewInput input) {
    requireDeliveries(input);
    requireNoRejection(input.modelPackage().rootDigest());
    requireUnshown(input);
    int quorum = Math.max(input.approval().quorum(), minimumQuorum);
    requireValid(input, quorum);
    byte[] policy = policy();
    List<String> approvers = approvers(input, policy);
    boolean tooFew = approvers.size() < quorum;
    if (tooFew && !isNews(input, approvers, policy)) {
      throw missing(input, quorum, approvers);
    }
    RunContext run = input.run();
    String key =
        key(
            run,
            run.workflowRunId(),
            input.modelPackage().rootDigest(),
            evidence(input),
            tooFew ? Digests.sha256(policy) : null);
    return context.runOnce(
        key, ReviewFormat.INSTANCE, () -> issue(input, quorum, approvers, policy));
  }

  /** Whether somebody may reject by this policy to whom the caller has not given a review yet. */
  private static boolean isNews(OpenReviewInput input, List<String> approvers, byte[] policy) {
    String known = input.knownPolicy();
    return known != null && !approvers.isEmpty() && !known.equals(Digests.sha256(policy));
  }

  /**
   * The review as it was opened. What a caller says of it is not trusted: a smaller quorum or
   * another policy in the workflow's history changes nothing. It may be from before a reset of the
   * run, which has another Temporal run id since.
   */
  Review opened(RunContext run, Review claimed) {
    DecisionTerms terms = claimed.terms();
    String key =
        key(
            run,
            terms.runId(),
            terms.packageRoot(),
            terms.evidenceDigest(),
            claimed.lacksApprovers() ? terms.policyDigest() : null);
    Review opened =
        context.runOnce(
            key,
            ReviewFormat.INSTANCE,
            () -> {
              throw new CustodyException(
                  "no review was opened for package "
                      + claimed.terms().packageRoot()
                      + " in run "
                      + run.runId());
            });
    if (!opened.equals(claimed)) {
      throw new CustodyException(
          "the review of " + run.runId() + " is not the one that was opened");
    }
    return opened;
  }

  /** A rejection outlives the run that it ended, and a reset of that run. */
  void requireNoRejection(String packageRoot) {
    Optional<String> rejection = new RejectedPackages(context.store()).find(packageRoot);
    if (rejection.isPresent()) {
      throw new StageException(
          FailureType.NOT_APPROVED, rejection.get() + ": start a run with a new version");
    }
  }

  private void requireDeliveries(OpenReviewInput input) {
    context
        .verifyInput(input.modelPackage().evidence(), Role.REGISTRY)
        .requireSubject(input.modelPackage().rootDigest(), "the package");
    VerifiedStatement gates = context.verifyInput(input.evaluation().evidence(), Role.VALIDATION);
    if (!gates.passed()) {
      throw new CustodyException(
          "the gate statement says '"
              + gates.result()
              + "': only a model that passed is decided on");
    }
    boolean packed =
        input.modelPackage().files().stream()
            .anyMatch(
                file ->
                    file.name().equals(PackageFile.GATE_STATEMENT)
                        && file.artifact().sha256().equals(gate(input)));
    if (!packed) {
      throw new CustodyException(
          "the package's "
              + PackageFile.GATE_STATEMENT
              + " is not the gate statement "
              + gate(input));
    }
  }

  /** What the approvers are asked must be what the deployment stage signed. */
  private void requireUnshown(OpenReviewInput input) {
    CanaryQuestion question = input.question();
    if (question == null) {
      return;
    }
    CanaryVerdict verdict =
        SignedVerdict.open(question.verdict(), context.verifier().trust().reload());
    boolean fits =
        verdict.packageRoot().equals(input.modelPackage().rootDigest())
            && verdict.endpoint().equals(input.endpoint())
            && verdict.stepOver()
            && !verdict.harm()
            && Boolean.FALSE.equals(verdict.insideMargin());
    if (!fits) {
      throw new CustodyException(
          "the verdict on manifest "
              + verdict.sequence()
              + " of endpoint '"
              + verdict.endpoint()
              + "' does not say that package "
              + input.modelPackage().rootDigest()
              + " is over its step, harmless so far and not shown to stay inside the margin");
    }
  }

  private void requireValid(OpenReviewInput input, int quorum) {
    Duration expireAfter = input.approval().expireAfter();
    if (expireAfter.compareTo(LONGEST) > 0 || expireAfter.compareTo(Duration.ZERO) <= 0) {
      throw new StageException(
          FailureType.POLICY_INVALID,
          "approval.expireAfter is " + expireAfter + ": expected more than zero, at most 72 hours");
    }
    if (quorum < 1) {
      throw new StageException(
          FailureType.POLICY_INVALID, "approval.quorum is " + quorum + ": expected 1 or more");
    }
  }

  private static StageException missing(OpenReviewInput input, int quorum, List<String> approvers) {
    return new StageException(
        FailureType.APPROVERS_MISSING,
        "the quorum is "
            + quorum
            + " but only "
            + approvers.size()
            + " people other than '"
            + input.run().startedBy()
            + "' may approve "
            + approvers
            + ": enrol another approver with a line in trust/allowed_signers of the state folder:"
            + " PRINCIPAL namespaces=\""
            + DecisionDocument.SIGNATURE_NAMESPACE
            + "\" ssh-ed25519 KEY; the run goes on by itself"
            + (approvers.isEmpty() ? "" : ", and meanwhile a rejection ends it"));
  }

  private List<String> approvers(OpenReviewInput input, byte[] policy) {
    try {
      return AllowedSigners.parse(new String(policy, StandardCharsets.UTF_8))
          .principals(DecisionDocument.SIGNATURE_NAMESPACE, clock.instant())
          .stream()
          .filter(principal -> !principal.equals(input.run().startedBy()))
          .toList();
    } catch (CustodyException e) {
      throw new StageException(FailureType.APPROVERS_MISSING, String.valueOf(e.getMessage()), e);
    }
  }

  private Review issue(OpenReviewInput input, int quorum, List<String> approvers, byte[] signers) {
    RunContext run = input.run();
    ArtifactRef policy = context.store().put(Zone.EVIDENCE, signers, "text/plain");
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    DecisionTerms terms =
        new DecisionTerms(
            input.question() == null ? DecisionTerms.PROMOTE : DecisionTerms.PROMOTE_UNSHOWN,
            run.namespace(),
            run.runId(),
            run.workflowRunId(),
            run.model(),
            run.version(),
            input.endpoint(),
            input.modelPackage().rootDigest(),
            evidence(input),
            policy.sha256(),
            nonce(),
            now,
            now.plus(input.approval().expireAfter()));
    return new Review(terms, quorum, approvers, policy);
  }

  /** There is one review that enough people may decide on, and one for each policy with fewer. */
  private String key(
      RunContext run,
      String workflowRunId,
      String packageRoot,
      String gateStatement,
      @Nullable String policyWithTooFew) {
    return policyWithTooFew == null
        ? context.key(run.runId(), workflowRunId, packageRoot, gateStatement)
        : context.key(run.runId(), workflowRunId, packageRoot, gateStatement, policyWithTooFew);
  }

  private byte[] policy() {
    return context.verifier().trust().reload().allowedSigners().getBytes(StandardCharsets.UTF_8);
  }

  /** Digest of what is decided on: the gate statement, or what the canary found. */
  private static String evidence(OpenReviewInput input) {
    CanaryQuestion question = input.question();
    return question == null
        ? gate(input)
        : Digests.sha256(question.verdict().getBytes(StandardCharsets.UTF_8));
  }

  private static String gate(OpenReviewInput input) {
    return input.evaluation().evidence().statement().sha256();
  }

  private static String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
