package dev.lockkeeper.activities.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.contracts.deployment.CanaryQuestion;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.run.Role;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The review of a canary's question binds the verdict that the deployment stage signed. */
class AskedReviewTest {

  @TempDir Path folder;
  private ReviewFixture fixture;

  @BeforeEach
  void enrol() throws IOException {
    fixture = new ReviewFixture(folder);
    fixture.enrol("alice");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void terms_bindTheVerdictAndAnotherAction() throws IOException {
    Review first = fixture.open(1);
    OpenReviewInput input = fixture.asked(Role.DEPLOYMENT, false);
    CanaryQuestion question = input.question();

    Review asked = fixture.activities.openReview(input);

    assertEquals(DecisionTerms.PROMOTE, first.terms().action());
    assertEquals(DecisionTerms.PROMOTE_UNSHOWN, asked.terms().action());
    assertEquals(
        Digests.sha256(question.verdict().getBytes(StandardCharsets.UTF_8)),
        asked.terms().evidenceDigest());
    assertNotEquals(first.terms().nonce(), asked.terms().nonce());
    assertEquals(asked, fixture.activities.openReview(input));
  }

  @Test
  void verdictThatShowsHarm_isNotAskedAbout() throws IOException {
    OpenReviewInput harmful = fixture.asked(Role.DEPLOYMENT, true);
    assertBroken(harmful, "is over its step, harmless so far and not shown");
  }

  @Test
  void verdictOfAnotherRole_isNotAskedAbout() throws IOException {
    OpenReviewInput forged = fixture.asked(Role.MONITORING, false);
    assertBroken(forged, "canary verdict: the signature is not by the trusted key");
  }

  private void assertBroken(OpenReviewInput input, String message) {
    ApplicationFailure refused = fixture.stage.failure(() -> fixture.activities.openReview(input));
    assertEquals("CUSTODY_BROKEN", refused.getType());
    assertTrue(refused.getOriginalMessage().contains(message), refused.getOriginalMessage());
  }
}
