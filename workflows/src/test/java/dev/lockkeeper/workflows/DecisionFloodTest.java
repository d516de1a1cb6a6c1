package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.workflows.Examples.Pace;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * 400 decisions in one review. With the workflow cache off each would replay all before it, which
 * takes minutes, so this is not among the tests that are run both ways.
 */
class DecisionFloodTest {

  private final WorkflowFixture fixture = new WorkflowFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void floodOfBothWays_closesThemForMinutesOnly() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));
    for (int i = 0; i < 200; i++) {
      SignedDecision noise = new SignedDecision(FakeReview.NONCE + " noise " + i, "noise", "");
      run.decide(noise);
      run.submitDecision(new SignedDecision(noise.document(), "other", ""));
    }
    SignedDecision decision = FakeReview.decision("alice", DecisionKind.APPROVE);

    WorkflowUpdateException refusal =
        assertThrows(WorkflowUpdateException.class, () -> run.submitDecision(decision));
    fixture.environment.sleep(Duration.ofMinutes(10));
    run.submitDecision(decision);

    assertTrue(
        String.valueOf(refusal.getCause()).contains("200 decisions came by UPDATE"),
        String.valueOf(refusal.getCause()));
    assertEquals(Verdict.PROMOTED, WorkflowFixture.end(run).verdict());
  }
}
