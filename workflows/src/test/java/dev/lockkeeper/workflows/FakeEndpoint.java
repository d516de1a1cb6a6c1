package dev.lockkeeper.workflows;

import static dev.lockkeeper.workflows.Examples.evidence;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.FindStableInput;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.deployment.MarginFinding;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryEvidence;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.formats.registry.ModelPackage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An endpoint in memory, with a hundred candidate requests between two looks. */
final class FakeEndpoint implements DeploymentActivities {
  final List<String> changes = new CopyOnWriteArrayList<>();
  volatile int harmAtLook = Integer.MAX_VALUE;
  volatile int insideAtLook = Integer.MAX_VALUE;
  volatile long requestsPerLook = 100;
  volatile boolean gatewayRefuses;

  /** Whether looks are signed, as those of the real stage are. */
  volatile boolean signs;

  volatile @Nullable Approval consent;

  /** Whether a shift finds nobody to confirm it, before it is written. */
  volatile boolean gatewayAway;

  /** Whether nobody is there who could say what serves, or restore. */
  volatile boolean workerAway;

  volatile int shiftsTried;
  volatile @Nullable Instant leaseUntil;
  volatile Runnable whilePromoting = () -> {};
  private @Nullable ModelPackage stable;
  private @Nullable ModelPackage candidate;
  private double percent;
  private long sequence;
  private int looks;

  synchronized int looks() {
    return looks;
  }

  synchronized void serves(@Nullable ModelPackage modelPackage) {
    stable = modelPackage;
  }

  @Override
  public synchronized ServingState findStable(FindStableInput input) {
    requireWorker();
    return state();
  }

  @Override
  public synchronized Deployment shiftTraffic(ShiftTrafficInput input) {
    if (gatewayRefuses) {
      throw StageFailure.of(FailureType.GATEWAY_REFUSED, "the package does not verify");
    }
    if (gatewayAway) {
      shiftsTried++;
      throw StageFailure.of(FailureType.GATEWAY_UNAVAILABLE, "no answer");
    }
    requireSeen(input);
    candidate = input.candidate();
    percent = input.percent();
    leaseUntil = input.leaseUntil();
    return change(
        "shift " + input.candidate().version() + " " + TrafficShare.text(input.percent()));
  }

  @Override
  public synchronized CanaryLook judgeCanary(JudgeCanaryInput input) {
    looks++;
    CanaryEvidence before = input.before();
    long requests = requestsPerLook + (before == null ? 0 : before.candidateRequests());
    boolean harm = looks >= harmAtLook;
    Double margin = input.margin();
    CanaryCounts counts =
        new CanaryCounts(
            input.endpoint(),
            "gateway-1",
            sequence,
            percent,
            new ArmCounts(requests, 0, 0),
            new ArmCounts(requests, harm ? 30 : 0, 0));
    CanaryLook look =
        new CanaryLook(
            new CanaryEvidence(counts, requests, harm ? 30 : 0, requests, 0, List.of(), null),
            requestsPerLook,
            harm ? 1000 : 1,
            harm,
            harm ? "30 of " + requests + " candidate requests failed" : "no harm shown",
            null,
            margin == null
                ? null
                : new MarginFinding(looks < insideAtLook ? 2 * margin : 0, margin));
    return signs ? look.signed(true, "verdict " + looks) : look;
  }

  @Override
  public synchronized Deployment promoteModel(ShiftTrafficInput input) {
    whilePromoting.run();
    requireSeen(input);
    consent = input.consent();
    stable = input.candidate();
    candidate = null;
    percent = 0;
    return change("promote " + input.candidate().version());
  }

  @Override
  public synchronized Deployment restoreStable(RestoreInput input) {
    requireWorker();
    boolean whatever = input.takesBack().isEmpty() && !input.anyCandidate();
    boolean served =
        (input.anyCandidate() && candidate != null)
            || Stream.of(Optional.ofNullable(stable), Optional.ofNullable(candidate))
                .flatMap(Optional::stream)
                .anyMatch(one -> input.takesBack().contains(one.rootDigest()));
    if (!whatever && !served) {
      return sequence > input.seen() ? deployment() : change("fence");
    }
    if (input.version() != null) {
      stable = Examples.modelPackage(input.version());
    }
    candidate = null;
    percent = 0;
    return change("restore " + input.version());
  }

  private void requireWorker() {
    if (workerAway) {
      throw StageFailure.of(FailureType.STORE_UNAVAILABLE, "no answer");
    }
  }

  private void requireSeen(ShiftTrafficInput input) {
    if (input.seen() != sequence) {
      throw StageFailure.of(
          FailureType.ENDPOINT_CHANGED, "manifest " + sequence + ", seen " + input.seen());
    }
  }

  private Deployment change(String what) {
    sequence++;
    changes.add(what);
    return deployment();
  }

  private Deployment deployment() {
    return new Deployment(state(), 0.1, evidence(70, 1));
  }

  private ServingState state() {
    return new ServingState(Examples.ENDPOINT, sequence, stable, candidate, percent);
  }
}
