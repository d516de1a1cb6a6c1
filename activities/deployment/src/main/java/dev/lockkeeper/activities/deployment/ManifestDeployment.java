package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.FindStableInput;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.LockkeeperMetric;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingArm;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.formats.run.ShortName;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.stage.StageFailures;
import io.temporal.activity.Activity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deploys by manifests: verify, sign, write, have the gateways confirm. */
final class ManifestDeployment implements DeploymentActivities {

  private static final double NO_EVIDENCE = 1;

  private final StageContext context;
  private final Manifests manifests;
  private final Gateways gateways;
  private final CanaryJudge judge;
  private final ApprovedCanaries canaries;

  ManifestDeployment(StageContext context, Gateways gateways) {
    this.context = context;
    this.manifests = new Manifests(context);
    this.gateways = gateways;
    this.judge = new CanaryJudge(gateways);
    this.canaries = new ApprovedCanaries(context, manifests);
  }

  @Override
  public ServingState findStable(FindStableInput input) {
    return StageFailures.translate(
        () -> Manifests.state(input.endpoint(), manifests.newest(named(input.endpoint()))));
  }

  @Override
  public Deployment shiftTraffic(ShiftTrafficInput input) {
    return change(
        input.endpoint(),
        () -> {
          Optional<ServingManifest> seen = seen(input);
          Release stable = seen.map(ServingManifest::stable).orElse(null);
          Release release = release(input);
          double percent = stable == null ? 100 : input.percent();
          return fenced(
              input,
              ServingManifest.arms(stable, release, percent, input.leaseUntil()),
              " at " + TrafficShare.text(percent) + " %",
              () -> canaries.requireStep(input, seen, release, percent));
        });
  }

  @Override
  public Deployment promoteModel(ShiftTrafficInput input) {
    return change(
        input.endpoint(),
        () -> {
          ServingManifest seen =
              seen(input)
                  .filter(manifest -> is(manifest.candidate(), input))
                  .orElseThrow(() -> changed(input, seen(input)));
          Release release = release(input);
          ServingManifest promoted =
              fenced(
                  input,
                  ServingManifest.arms(release, null, 0),
                  " promoted",
                  () -> canaries.requirePromotion(input, seen, release));
          measure(input.endpoint(), NO_EVIDENCE);
          return promoted;
        });
  }

  @Override
  public Deployment restoreStable(RestoreInput input) {
    Restoration restoration = new Restoration(manifests, input, LiveAttempt::requireUnlessAway);
    long started = System.nanoTime();
    return StageFailures.translate(
        () -> {
          named(input.endpoint());
          Restoration.Restored restored = restoration.confirmed(gateways, started);
          measure(input.endpoint(), NO_EVIDENCE);
          return deployment(restored.manifest(), restored.confirmation());
        });
  }

  @Override
  public CanaryLook judgeCanary(JudgeCanaryInput input) {
    return StageFailures.translate(
        () -> {
          CanaryLook look = canaries.look(judge, input);
          measure(input.endpoint(), look.eValue());
          return look;
        });
  }

  private static void measure(String endpoint, double eValue) {
    Activity.getExecutionContext()
        .getMetricsScope()
        .tagged(Map.of("endpoint", endpoint))
        .gauge(LockkeeperMetric.CANARY_E_VALUE.label())
        .update(eValue);
  }

  private Optional<ServingManifest> seen(ShiftTrafficInput input) {
    return input.seen() == 0
        ? Optional.empty()
        : Optional.of(manifests.read(input.endpoint(), input.seen()));
  }

  /**
   * Writes the manifest after the one that the caller saw. There is no other place for it: whoever
   * wrote there first has changed what the caller wants to change. An attempt finds what an earlier
   * attempt of the same call has written.
   *
   * @param approval throws if the change is not what was approved
   */
  private ServingManifest fenced(
      ShiftTrafficInput input, List<ServingArm> arms, String what, Runnable approval) {
    ServingManifest next =
        Manifests.after(input.seen(), input.endpoint(), arms, input.run().runId() + what);
    Optional<ServingManifest> newest = manifests.newest(input.endpoint());
    if (Manifests.sequence(newest) == input.seen()) {
      requireLease(input);
      approval.run();
      LiveAttempt.require("manifest " + next.sequence() + " of " + next.endpoint());
      if (manifests.write(next)) {
        return next;
      }
      newest = manifests.newest(input.endpoint());
    }
    return newest
        .filter(written -> isSame(written, next))
        .orElseThrow(() -> changed(input, manifests.newest(input.endpoint())));
  }

  /** What the gateways have taken back by themselves is a candidate no more. */
  private static void requireLease(ShiftTrafficInput input) {
    Instant end = input.leaseUntil();
    if (end != null && !Instant.now().isBefore(end)) {
      throw new StageException(
          FailureType.ENDPOINT_CHANGED,
          "the time of "
              + input.run().runId()
              + " on endpoint '"
              + input.endpoint()
              + "' ended at "
              + end
              + ": the gateways have taken it back by themselves; start a new version");
    }
  }

  private static boolean isSame(ServingManifest written, ServingManifest next) {
    return written.sequence() == next.sequence()
        && written.arms().equals(next.arms())
        && written.reason().equals(next.reason());
  }

  private static StageException changed(ShiftTrafficInput input, Optional<ServingManifest> now) {
    return new StageException(
        FailureType.ENDPOINT_CHANGED,
        "endpoint '"
            + input.endpoint()
            + "' has changed since manifest "
            + input.seen()
            + ", which the canary saw: "
            + now.map(m -> "manifest " + m.sequence() + " is in force (" + m.reason() + ")")
                .orElse("it has no manifest")
            + "; "
            + input.run().runId()
            + " gets no traffic by this");
  }

  private static String named(String endpoint) {
    try {
      return ShortName.require("endpoint", endpoint);
    } catch (IllegalArgumentException e) {
      throw new StageException(
          FailureType.SPECIFICATION_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private Deployment change(String endpoint, Supplier<ServingManifest> change) {
    long started = System.nanoTime();
    return StageFailures.translate(
        () -> {
          named(endpoint);
          ServingManifest after = change.get();
          return deployment(after, gateways.confirmedByEach(endpoint, after.sequence(), started));
        });
  }

  private Deployment deployment(ServingManifest after, Confirmation confirmation) {
    Evidence evidence =
        new Evidence(
            context.storeStatement(manifests.envelope(after.endpoint(), after.sequence())),
            Activity.getExecutionContext().getInfo().getAttempt(),
            Math.round(confirmation.seconds() * 1e3));
    return new Deployment(
        Manifests.state(after.endpoint(), Optional.of(after)),
        confirmation.seconds(),
        evidence,
        confirmation);
  }

  private Release release(ShiftTrafficInput input) {
    byte[] envelope = context.store().read(input.approval().evidence().statement());
    return new Release(input.candidate(), new String(envelope, StandardCharsets.UTF_8));
  }

  private static boolean is(@Nullable Release release, ShiftTrafficInput input) {
    return release != null
        && release.modelPackage().rootDigest().equals(input.candidate().rootDigest());
  }
}
