package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.attestation.release.RejectedPackages;
import dev.lockkeeper.attestation.release.SignedVerdict;
import dev.lockkeeper.attestation.release.VerifiedRelease;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.CanaryVerdict;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.Inconclusive;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What lets a candidate go on: the plan in the package that was approved, and the verdicts that
 * this stage signed itself. What a workflow says of either counts for nothing, since whoever
 * reaches Temporal can start one.
 */
final class ApprovedCanaries {

  /** Behind it the approval's digest and the manifest that it was first used on. */
  private static final String USED = "approvals.used/";

  /** Behind it the digest of an approval whose candidate was shown to be harmful. */
  private static final String HARMFUL = "canaries.harmful/";

  /** A workflow adds five minutes at most, and clocks differ. */
  private static final Duration LEASE_MARGIN = Duration.ofMinutes(10);

  private final StageContext context;
  private final Manifests manifests;
  private final Map<ReleaseId, DeploymentSpecification> plans = new ConcurrentHashMap<>();

  ApprovedCanaries(StageContext context, Manifests manifests) {
    this.context = context;
    this.manifests = manifests;
  }

  /** Demands that a share is the next one of the plan, and that the step before is over. */
  void requireStep(
      ShiftTrafficInput input, Optional<ServingManifest> seen, Release release, double percent) {
    ReleaseId id = ReleaseId.of(release);
    DeploymentSpecification plan = plan(manifests.verified(release, input.endpoint()));
    requireLease(input, plan);
    Optional<CanaryPath> path = seen.flatMap(manifest -> CanaryPath.of(manifests, manifest, id));
    boolean firstRelease = seen.map(ServingManifest::stable).isEmpty();
    CanaryPath.requireNext(plan.steps(firstRelease), path, percent, subject(input));
    if (path.isEmpty()) {
      requireFirstUse(input, id);
    } else {
      requireVerdict(input, id);
    }
  }

  /** Demands that the last step is over and that its verdict lets the candidate pass. */
  void requirePromotion(ShiftTrafficInput input, ServingManifest seen, Release release) {
    ReleaseId id = ReleaseId.of(release);
    VerifiedRelease verified = manifests.verified(release, input.endpoint());
    DeploymentSpecification plan = plan(verified);
    CanaryPath path =
        CanaryPath.of(manifests, seen, id)
            .orElseThrow(
                () ->
                    refused(
                        subject(input) + " is tried under another approval than the one it names"));
    path.requireLast(plan.steps(seen.stable() == null), subject(input));
    CanaryVerdict verdict = requireVerdict(input, id);
    if (Boolean.FALSE.equals(verdict.insideMargin())
        && plan.onInconclusive() != Inconclusive.PROMOTE) {
      requireConsent(input, plan, verified, id);
    }
  }

  /** The plan asks the approvers, and they have said yes to this run's candidate. */
  private void requireConsent(
      ShiftTrafficInput input,
      DeploymentSpecification plan,
      VerifiedRelease verified,
      ReleaseId id) {
    Approval consent = input.consent();
    if (plan.onInconclusive() != Inconclusive.ASK || consent == null) {
      throw refused(
          subject(input)
              + " is not shown to stay inside the margin of "
              + plan.margin()
              + (plan.onInconclusive() == Inconclusive.ASK ? ", and nobody consented" : ""));
    }
    byte[] envelope = context.store().read(consent.evidence().statement());
    String run =
        manifests
            .verifier()
            .verifyConsent(verified, new String(envelope, StandardCharsets.UTF_8))
            .terms()
            .workflowId();
    if (!run.equals(id.terms(context).workflowId())) {
      throw refused("the consent is for a canary of " + run + ", not of " + subject(input));
    }
  }

  private DeploymentSpecification plan(VerifiedRelease verified) {
    Release release = verified.release();
    DeploymentSpecification plan = verified.verifiedPackage().deploymentPlan();
    if (plan == null) {
      throw refused(
          "the package of version "
              + release.modelPackage().version()
              + " contains no plan of its canary, it was registered before packages had one:"
              + " start a run with a new version");
    }
    plans.put(ReleaseId.of(release), plan);
    return plan;
  }

  private static void requireLease(ShiftTrafficInput input, DeploymentSpecification plan) {
    Instant end = input.leaseUntil();
    Instant latest = Instant.now().plus(plan.maximum()).plus(LEASE_MARGIN);
    if (end == null || end.isAfter(latest)) {
      throw refused(
          subject(input)
              + " asks for a share "
              + (end == null ? "without an end" : "until " + end)
              + ", and its plan lasts "
              + plan.maximum()
              + " at most");
    }
  }

  /** An approval is good for one canary, which begins while the approval is valid. */
  private void requireFirstUse(ShiftTrafficInput input, ReleaseId id) {
    Instant expires = id.terms(context).expires();
    if (!Instant.now().isBefore(expires)) {
      throw refused(
          "the approval of "
              + subject(input)
              + " expired at "
              + expires
              + ": start a run with a new version");
    }
    Optional<String> rejection = new RejectedPackages(context.store()).find(id.packageRoot());
    if (rejection.isPresent()) {
      throw refused(rejection.get() + ": start a run with a new version");
    }
    String folder = USED + id.approvalDigest() + "/";
    String use = folder + String.format("%020d", input.seen());
    List<String> uses = context.store().names(Zone.DEPLOYMENTS, folder).toList();
    if (!uses.isEmpty() && !uses.equals(List.of(use))) {
      throw refused(
          "the approval of "
              + subject(input)
              + " was used already, by a canary that began on manifest "
              + Long.parseLong(uses.get(0).substring(folder.length()))
              + ": start a run with a new version");
    }
    context.store().putNamed(Zone.DEPLOYMENTS, use, id.envelope());
  }

  private CanaryVerdict requireVerdict(ShiftTrafficInput input, ReleaseId id) {
    String envelope = input.verdict();
    if (envelope == null) {
      throw refused(subject(input) + " brings no verdict on manifest " + input.seen());
    }
    CanaryVerdict verdict = open(envelope, input.endpoint(), id);
    if (verdict.sequence() != input.seen()) {
      throw refused(
          subject(input)
              + " brings a verdict on manifest "
              + verdict.sequence()
              + ", and it has to be on manifest "
              + input.seen());
    }
    if (verdict.harm() || isHarmful(id)) {
      throw refused(subject(input) + " was shown to be harmful");
    }
    if (!verdict.stepOver()) {
      throw refused(
          subject(input)
              + " has not had the time or the requests of its step by the verdict of "
              + verdict.judgedAt());
    }
    return verdict;
  }

  private boolean isHarmful(ReleaseId id) {
    return context.store().readNamed(Zone.DEPLOYMENTS, HARMFUL + id.approvalDigest()).isPresent();
  }

  private CanaryVerdict open(String envelope, String endpoint, ReleaseId id) {
    CanaryVerdict verdict = SignedVerdict.open(envelope, context.verifier().trust());
    if (!verdict.endpoint().equals(endpoint)
        || !verdict.packageRoot().equals(id.packageRoot())
        || !verdict.approvalDigest().equals(id.approvalDigest())) {
      throw refused(
          "a verdict on package "
              + verdict.packageRoot()
              + " on endpoint '"
              + verdict.endpoint()
              + "' is not one on package "
              + id.packageRoot()
              + " on endpoint '"
              + endpoint
              + "' under its approval");
    }
    return verdict;
  }

  /**
   * Looks at what is tried by the plan that was approved, and signs what was seen. Where nothing is
   * tried, or a package of before there were plans, it is a look as the caller asked for it.
   */
  CanaryLook look(CanaryJudge judge, JudgeCanaryInput input) {
    ServingManifest now = manifests.newest(input.endpoint()).orElse(null);
    Release candidate = now == null ? null : now.candidate();
    DeploymentSpecification plan = candidate == null ? null : plan(candidate, input.endpoint());
    if (now == null || candidate == null || plan == null) {
      return judge.look(input);
    }
    ReleaseId id = ReleaseId.of(candidate);
    CanaryPath path = CanaryPath.of(manifests, now, id).orElseThrow();
    String before = input.verdict();
    if (before == null && path.steps() > 1) {
      throw refused("the look at step " + path.steps() + " does not go on from a signed one");
    }
    CanaryLook look =
        judge.look(
            new JudgeCanaryInput(
                input.endpoint(),
                plan.alpha(),
                before == null ? null : open(before, input.endpoint(), id).evidence(),
                plan.unit(),
                plan.margin(),
                before));
    return look.evidence().judged().sequence() == now.sequence()
        ? signed(look, now, id, path.isOver(plan.steps(now.stable() == null), look))
        : look;
  }

  private CanaryLook signed(CanaryLook look, ServingManifest now, ReleaseId id, boolean stepOver) {
    CanaryVerdict verdict =
        new CanaryVerdict(
            now.endpoint(),
            now.sequence(),
            id.packageRoot(),
            id.approvalDigest(),
            look.evidence(),
            look.eValue(),
            look.harm(),
            stepOver,
            look.margin() == null ? null : Boolean.valueOf(look.margin().inside()),
            Instant.now());
    String envelope = SignedVerdict.sign(verdict, context.signer().signer());
    if (look.harm()) {
      context
          .store()
          .putNamed(
              Zone.DEPLOYMENTS,
              HARMFUL + id.approvalDigest(),
              envelope.getBytes(StandardCharsets.UTF_8));
    }
    return look.signed(stepOver, envelope);
  }

  /** To verify a release means to read its model: too much for every look. */
  private @Nullable DeploymentSpecification plan(Release release, String endpoint) {
    ReleaseId id = ReleaseId.of(release);
    DeploymentSpecification plan = plans.get(id);
    if (plan == null) {
      plan = manifests.verified(release, endpoint).verifiedPackage().deploymentPlan();
      if (plan != null) {
        plans.put(id, plan);
      }
    }
    return plan;
  }

  private static String subject(ShiftTrafficInput input) {
    return input.run().runId() + " on endpoint '" + input.endpoint() + "'";
  }

  static StageException refused(String why) {
    return new StageException(FailureType.NOT_APPROVED, why);
  }
}
