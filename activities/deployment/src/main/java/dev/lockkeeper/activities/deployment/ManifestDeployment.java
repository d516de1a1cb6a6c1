package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.attestation.release.ReleaseVerifier;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.FindStableInput;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.run.ShortName;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.stage.StageFailures;
import io.temporal.activity.Activity;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Deploys by manifests: verify, sign, write, have the target confirm. */
final class ManifestDeployment implements DeploymentActivities {

  private final StageContext context;
  private final Manifests manifests;
  private final DeploymentTarget gateway;
  private final CanaryJudge judge;

  ManifestDeployment(StageContext context, DeploymentTarget gateway) {
    this.context = context;
    this.manifests = new Manifests(context);
    this.gateway = gateway;
    this.judge = new CanaryJudge(gateway);
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
        before -> {
          Release stable = before.map(ServingManifest::stable).orElse(null);
          int percent = stable == null ? 100 : input.percent();
          String reason = input.run().runId() + " at " + percent + " %";
          boolean done =
              before.isPresent()
                  && is(before.get().candidate(), input)
                  && before.get().candidatePercent() == percent;
          return done
              ? before
              : manifests.append(input.endpoint(), before, stable, release(input), percent, reason);
        });
  }

  @Override
  public Deployment promoteModel(ShiftTrafficInput input) {
    return change(
        input.endpoint(),
        before -> {
          boolean done =
              before.isPresent()
                  && is(before.get().stable(), input)
                  && before.get().candidate() == null;
          return done
              ? before
              : manifests.append(
                  input.endpoint(),
                  before,
                  release(input),
                  null,
                  0,
                  input.run().runId() + " promoted");
        });
  }

  @Override
  public Deployment restoreStable(RestoreInput input) {
    return change(
        input.endpoint(),
        before -> {
          ServingManifest now =
              before.orElseThrow(
                  () ->
                      new StageException(
                          FailureType.SPECIFICATION_INVALID,
                          "endpoint '"
                              + input.endpoint()
                              + "' never served anything: there is nothing to restore"));
          String reason = input.reason() + " [" + input.requestId() + "]";
          if (now.reason().equals(reason)) {
            return before;
          }
          Release target = target(input, now);
          boolean done =
              now.candidate() == null && Objects.equals(version(target), version(now.stable()));
          return done
              ? before
              : manifests.append(input.endpoint(), before, target, null, 0, reason);
        });
  }

  @Override
  public CanaryLook judgeCanary(JudgeCanaryInput input) {
    return StageFailures.translate(() -> judge.look(input));
  }

  /** What to restore: in a canary the stable version, else the named one, else the one before. */
  private @Nullable Release target(RestoreInput input, ServingManifest now) {
    Release stable = now.stable();
    if (input.version() == null && now.candidate() != null) {
      return stable == null ? null : verified(stable, input.endpoint());
    }
    Release target = input.version() == null ? before(now) : stable(now, input.version());
    if (target == null) {
      throw new StageException(
          FailureType.SPECIFICATION_INVALID,
          input.version() == null
              ? "endpoint '"
                  + input.endpoint()
                  + "' has no version before "
                  + version(stable)
                  + "; --to names one that served"
              : "version "
                  + input.version()
                  + " was never stable on endpoint '"
                  + input.endpoint()
                  + "'");
    }
    return verified(target, input.endpoint());
  }

  /**
   * What was stable before the stable version first was: asked again after a rollback it goes
   * further back, and never to the release that was taken back.
   */
  private @Nullable Release before(ServingManifest now) {
    Release before = null;
    for (long sequence = 1; sequence <= now.sequence(); sequence++) {
      Release stable = manifests.read(now.endpoint(), sequence).stable();
      if (Objects.equals(version(stable), version(now.stable()))) {
        break;
      }
      before = stable == null ? before : stable;
    }
    return before;
  }

  private @Nullable Release stable(ServingManifest now, String version) {
    for (long sequence = now.sequence(); sequence >= 1; sequence--) {
      Release stable = manifests.read(now.endpoint(), sequence).stable();
      if (stable != null && stable.modelPackage().version().equals(version)) {
        return stable;
      }
    }
    return null;
  }

  private static String named(String endpoint) {
    try {
      return ShortName.require("endpoint", endpoint);
    } catch (IllegalArgumentException e) {
      throw new StageException(
          FailureType.SPECIFICATION_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private Deployment change(
      String endpoint, Function<Optional<ServingManifest>, Optional<ServingManifest>> change) {
    long started = System.nanoTime();
    return StageFailures.translate(
        () -> {
          Optional<ServingManifest> after = Optional.empty();
          while (after.isEmpty()) {
            after = change.apply(manifests.newest(named(endpoint)));
          }
          long sequence = after.get().sequence();
          gateway.apply(endpoint, sequence);
          long nanos = System.nanoTime() - started;
          Evidence evidence =
              new Evidence(
                  context.storeStatement(manifests.envelope(endpoint, sequence)),
                  Activity.getExecutionContext().getInfo().getAttempt(),
                  nanos / 1_000_000);
          return new Deployment(Manifests.state(endpoint, after), nanos / 1e9, evidence);
        });
  }

  private Release release(ShiftTrafficInput input) {
    byte[] envelope = context.store().read(input.approval().evidence().statement());
    return verified(
        new Release(input.candidate(), new String(envelope, StandardCharsets.UTF_8)),
        input.endpoint());
  }

  /** Approvers are as they are enrolled now, not as they were when the worker started. */
  private Release verified(Release release, String endpoint) {
    return new ReleaseVerifier(context.store(), context.verifier().trust().reload())
        .verify(release, endpoint)
        .release();
  }

  private static boolean is(@Nullable Release release, ShiftTrafficInput input) {
    return release != null
        && release.modelPackage().rootDigest().equals(input.candidate().rootDigest());
  }

  private static String version(@Nullable Release release) {
    return release == null ? "none" : release.modelPackage().version();
  }
}
