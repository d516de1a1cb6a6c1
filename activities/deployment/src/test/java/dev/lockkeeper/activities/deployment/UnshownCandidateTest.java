package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.formats.deployment.Inconclusive;
import dev.lockkeeper.testing.StageUnderTest;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate that is neither harmful nor shown to stay inside the margin of its plan. */
class UnshownCandidateTest {

  @TempDir Path folder;

  @Test
  void candidateNobodyConsentedTo_isNotPromoted() throws IOException {
    try (StageUnderTest stage = tried(Inconclusive.ASK)) {
      ShiftTrafficInput promotion = promotion(stage);
      assertRefused(
          stage,
          promotion,
          "NOT_APPROVED",
          "tips@2 on endpoint 'tips' is not shown to stay inside the margin of 0.005, and nobody"
              + " consented");
    }
  }

  @Test
  void candidateThatTheApproversConsentedTo_isPromoted() throws IOException {
    try (StageUnderTest stage = tried(Inconclusive.ASK)) {
      ShiftTrafficInput promotion =
          released.consented(promotion(stage), DecisionTerms.PROMOTE_UNSHOWN);
      stage.call(DeploymentActivities.class).promoteModel(promotion);
      assertEquals(List.of("-/1 100", "1", "1/2 25", "2"), released.manifests());
    }
  }

  @Test
  void approvalOfTheRelease_isNoConsent() throws IOException {
    try (StageUnderTest stage = tried(Inconclusive.ASK)) {
      assertRefused(
          stage,
          released.consented(promotion(stage), DecisionTerms.PROMOTE),
          "CUSTODY_BROKEN",
          "the approval is to promote, and to promote-unshown was asked for");
    }
  }

  @Test
  void consentUnderAPlanThatDoesNotAsk_countsForNothing() throws IOException {
    try (StageUnderTest stage = tried(Inconclusive.ROLLBACK)) {
      assertRefused(
          stage,
          released.consented(promotion(stage), DecisionTerms.PROMOTE_UNSHOWN),
          "NOT_APPROVED",
          "is not shown to stay inside the margin of 0.005");
    }
  }

  @Test
  void candidateOfAPlanThatPromotes_needsNobody() throws IOException {
    try (StageUnderTest stage = tried(Inconclusive.PROMOTE)) {
      stage.call(DeploymentActivities.class).promoteModel(promotion(stage));
      assertEquals(List.of("-/1 100", "1", "1/2 25", "2"), released.manifests());
    }
  }

  private ReleasedVersions released;

  private StageUnderTest tried(Inconclusive onInconclusive) throws IOException {
    released =
        new ReleasedVersions(
            folder,
            new DeploymentSpecification(
                List.of(new CanaryStep(25, 10, Duration.ZERO)),
                Duration.ofSeconds(1),
                0.05,
                Duration.ofHours(1),
                HarmUnit.REQUEST,
                0.005,
                onInconclusive,
                true));
    ObedientTarget target = new ObedientTarget();
    StageUnderTest stage =
        new StageUnderTest(
            released.signed(),
            new DeploymentDefinition(),
            opened -> new ManifestDeployment(opened, new Gateways(Map.of("here", target))));
    released.serveOneAndTryTwo(stage.call(DeploymentActivities.class));
    target.counted(new ArmCounts(30, 0, 0), new ArmCounts(10, 0, 0));
    return stage;
  }

  private ShiftTrafficInput promotion(StageUnderTest stage) throws IOException {
    CanaryLook look = ReleasedVersions.look(stage.call(DeploymentActivities.class), null);
    assertEquals(true, look.stepOver());
    assertEquals(false, look.margin().inside());
    return ReleasedVersions.judged(released.shift("2", 100, 3), look.verdict());
  }

  private void assertRefused(
      StageUnderTest stage, ShiftTrafficInput promotion, String type, String message)
      throws IOException {
    ApplicationFailure refused =
        stage.failure(() -> stage.call(DeploymentActivities.class).promoteModel(promotion));
    assertEquals(type, refused.getType());
    assertTrue(refused.getOriginalMessage().contains(message), refused.getOriginalMessage());
    assertEquals(List.of("-/1 100", "1", "1/2 25"), released.manifests());
  }
}
