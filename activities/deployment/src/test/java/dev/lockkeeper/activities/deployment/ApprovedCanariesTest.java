package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.release.RejectedPackages;
import dev.lockkeeper.attestation.release.SignedVerdict;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionAttempt;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.CanaryVerdict;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.testing.StageUnderTest;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever schedules the activities gets no further than the approved plan and signed verdicts. */
class ApprovedCanariesTest {

  private static final int ENOUGH = 10;
  private static final DeploymentSpecification PLAN =
      new DeploymentSpecification(
          List.of(
              new CanaryStep(25, ENOUGH, Duration.ZERO), new CanaryStep(50, ENOUGH, Duration.ZERO)),
          Duration.ofSeconds(1),
          0.05,
          Duration.ofHours(1),
          HarmUnit.REQUEST,
          null,
          null,
          true);

  @TempDir Path folder;
  private final ObedientTarget target = new ObedientTarget();
  private ReleasedVersions released;
  private StageUnderTest stage;

  @BeforeEach
  void serveOneAndTryTwo() throws IOException {
    released = new ReleasedVersions(folder, PLAN);
    stage =
        new StageUnderTest(
            released.signed(),
            new DeploymentDefinition(),
            opened -> new ManifestDeployment(opened, new Gateways(Map.of("here", target))));
    released.serveOneAndTryTwo(call());
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void canaryOfTheApprovedPlan_goesThrough() throws IOException {
    count(ENOUGH);
    String first = verdict(look(null));
    call().shiftTraffic(with(shift(50, 3), first));
    count(ENOUGH);
    call().promoteModel(with(shift(100, 4), verdict(look(first))));

    assertEquals(List.of("-/1 100", "1", "1/2 25", "1/2 50", "2"), released.manifests());
  }

  @Test
  void shareThatThePlanDoesNotName_isRefused() throws IOException {
    assertRefused(
        call -> call.shiftTraffic(released.shift("3", 100, 3)),
        "the approved plan gives tips@3 on endpoint 'tips' 25 % of the traffic now, and 100 % is"
            + " asked for");
  }

  @Test
  void stepThatIsLeftOut_isRefused() throws IOException {
    count(ENOUGH);
    ShiftTrafficInput promotion = with(shift(100, 3), verdict(look(null)));
    assertRefused(
        call -> call.promoteModel(promotion),
        "tips@2 on endpoint 'tips' has had step 1 of 2 of its approved plan");
  }

  @Test
  void stepWithoutAVerdict_isRefused() throws IOException {
    ShiftTrafficInput next = shift(50, 3);
    assertRefused(
        call -> call.shiftTraffic(next),
        "tips@2 on endpoint 'tips' brings no verdict on manifest 3");
  }

  @Test
  void stepWithTooFewRequests_isRefused() throws IOException {
    count(ENOUGH - 1);
    CanaryLook look = look(null);
    assertEquals(false, look.stepOver());
    ShiftTrafficInput next = with(shift(50, 3), verdict(look));
    assertRefused(
        call -> call.shiftTraffic(next), "has not had the time or the requests of its step");
  }

  @Test
  void verdictOnAnEarlierStep_isRefused() throws IOException {
    count(ENOUGH);
    String first = verdict(look(null));
    call().shiftTraffic(with(shift(50, 3), first));
    ShiftTrafficInput promotion = with(shift(100, 4), first);
    assertRefused(
        call -> call.promoteModel(promotion),
        "brings a verdict on manifest 3, and it has to be on manifest 4");
  }

  @Test
  void verdictOnAnotherVersion_isRefused() throws IOException {
    count(ENOUGH);
    String ofTwo = verdict(look(null));
    call().restoreStable(back(3));
    call().shiftTraffic(released.shift("3", 25, 4));
    ShiftTrafficInput next = with(released.shift("3", 50, 5), ofTwo);
    assertRefused(call -> call.shiftTraffic(next), "is not one on package ");
  }

  @Test
  void verdictThatAnotherRoleSigned_isRefused() throws IOException {
    count(ENOUGH);
    CanaryVerdict verdict =
        SignedVerdict.open(
            verdict(look(null)), released.signed().delivering(Role.DEPLOYMENT).verifier().trust());
    String forged =
        SignedVerdict.sign(
            verdict, released.signed().delivering(Role.MONITORING).signer().signer());
    ShiftTrafficInput next = with(shift(50, 3), forged);

    ApplicationFailure refused = stage.failure(() -> call().shiftTraffic(next));

    assertEquals("CUSTODY_BROKEN", refused.getType());
    assertEquals(List.of("-/1 100", "1", "1/2 25"), released.manifests());
  }

  @Test
  void candidateThatWasHarmful_neverGoesOn() throws IOException {
    target.counted(new ArmCounts(1_000, 0, 0), new ArmCounts(1_000, 500, 0));
    assertTrue(look(null).harm());
    target.counted(new ArmCounts(1_000, 0, 0), new ArmCounts(1_000, 0, 0));
    CanaryLook forgetful = look(null);
    assertEquals(false, forgetful.harm());

    ShiftTrafficInput next = with(shift(50, 3), verdict(forgetful));
    assertRefused(call -> call.shiftTraffic(next), "was shown to be harmful");
  }

  @Test
  void lookThatForgetsTheStepsBefore_isRefused() throws IOException {
    count(ENOUGH);
    call().shiftTraffic(with(shift(50, 3), verdict(look(null))));
    assertRefused(
        call -> ReleasedVersions.look(call, null),
        "the look at step 2 does not go on from a signed one");
  }

  @Test
  void parametersOfACaller_countForNothing() throws IOException {
    target.counted(new ArmCounts(1_000, 0, 0), new ArmCounts(1_000, 500, 0));
    CanaryLook look = call().judgeCanary(new JudgeCanaryInput("tips", 1e-300, null));
    assertTrue(look.harm());
  }

  @Test
  void approvalThatWasUsed_isRefused() throws IOException {
    call().restoreStable(back(3));
    ShiftTrafficInput again = shift(25, 4);
    assertRefused(
        call -> call.shiftTraffic(again),
        "the approval of tips@2 on endpoint 'tips' was used already, by a canary that began on"
            + " manifest 2: start a run with a new version");
  }

  @Test
  void approvalThatExpired_isRefused() throws IOException {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    ShiftTrafficInput late = released.shift(released.approved("3", yesterday), "3", 25, 3);
    assertRefused(
        call -> call.shiftTraffic(late), "the approval of tips@3 on endpoint 'tips' expired at ");
  }

  @Test
  void packageThatWasRejected_isRefused() throws IOException {
    ShiftTrafficInput shift = released.shift("3", 25, 3);
    SignedDecision sent = new SignedDecision("", "", "");
    new RejectedPackages(released.signed().delivering(Role.APPROVAL).store())
        .add(
            shift.candidate().rootDigest(),
            new DecisionAttempt(
                Instant.parse("2026-11-01T10:00:00Z"),
                "tips@3",
                sent,
                new AcceptedDecision("bo", "SHA256:abc", DecisionKind.REJECT, "too slow", sent),
                "counts"));
    assertRefused(
        call -> call.shiftTraffic(shift),
        " was rejected by bo at 2026-11-01T10:00:00Z in run tips@3 (too slow): start a run");
  }

  @Test
  void shareWithoutAnEnd_isRefused() throws IOException {
    ShiftTrafficInput shift = released.shift("3", 25, 3);
    ShiftTrafficInput endless =
        new ShiftTrafficInput(
            shift.run(), "tips", shift.candidate(), shift.approval(), 25, 3, null, null, null);
    assertRefused(call -> call.shiftTraffic(endless), "asks for a share without an end");
  }

  private ShiftTrafficInput shift(int percent, long seen) throws IOException {
    return released.shift("2", percent, seen);
  }

  private RestoreInput back(long seen) throws IOException {
    return new RestoreInput(
        "tips",
        null,
        "drill",
        "request-1",
        seen,
        List.of(shift(25, 0).candidate().rootDigest()),
        false);
  }

  private void count(int requests) {
    target.counted(new ArmCounts(requests, 0, 0), new ArmCounts(requests, 0, 0));
  }

  private CanaryLook look(@Nullable String before) {
    return ReleasedVersions.look(call(), before);
  }

  private static String verdict(CanaryLook look) {
    String verdict = look.verdict();
    assertNotNull(verdict);
    return verdict;
  }

  private static ShiftTrafficInput with(ShiftTrafficInput shift, String verdict) {
    return ReleasedVersions.judged(shift, verdict);
  }

  private interface Attack {
    void by(DeploymentActivities call) throws IOException;
  }

  private void assertRefused(Attack attack, String message) throws IOException {
    List<String> before = released.manifests();
    ApplicationFailure refused =
        stage.failure(
            () -> {
              try {
                attack.by(call());
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertEquals("NOT_APPROVED", refused.getType());
    assertTrue(refused.isNonRetryable());
    assertTrue(refused.getOriginalMessage().contains(message), refused.getOriginalMessage());
    assertEquals(before, released.manifests());
  }

  private DeploymentActivities call() {
    return stage.call(DeploymentActivities.class);
  }
}
