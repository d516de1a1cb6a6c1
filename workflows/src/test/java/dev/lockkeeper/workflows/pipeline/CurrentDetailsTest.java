package dev.lockkeeper.workflows.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.Stage;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.workflows.Examples;
import dev.lockkeeper.workflows.FakeReview;
import dev.lockkeeper.workflows.run.Markdown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CurrentDetailsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final GateResult GATE =
      new GateResult("auc minimum", GateOutcome.PASSED, false, 0.81, null, null, 0.75, "above it");

  @Test
  void openReview_saysFirstWhoMustDecideUntilWhen() {
    String text = CurrentDetails.of(run(null, "waits"), review(List.of("mallory: no key")));

    assertEquals(
        """
        **RUNNING** waits

        **To decide:** `bob`; 1 of 2 approvals, until **2026-11-26 12:00 UTC**: `lockkeeper review tips@1`, then `lockkeeper approve tips@1 --key FILE`, or `reject`

        Refused attempts: 1, the last: mallory: no key

        Evaluation page: `lockkeeper://reports/sha256/000000000000…`; `lockkeeper review tips@1 --page FILE` copies it

        | Metric | Value | Interval | Stable version |
        |---|---|---|---|
        | auc | 0.8123 | 0.7900 to 0.8300 | 0.8000 |
        | log_loss | 0.4000 | 0.3000 to 0.5000 |  |

        | Stage | State | Seconds | Attempts | Result |
        |---|---|---|---|---|
        | ingestion | done | 2.5 | 3 | package 000000000000… |

        | Gate | Outcome | Value | Threshold | Finding |
        |---|---|---|---|---|
        | auc minimum | passed | 0.8100 | 0.7500 | above it |
        """,
        text);
  }

  @Test
  void endedRun_asksNobody() {
    String text = CurrentDetails.of(run(Verdict.REJECTED, "bob: no"), review(List.of()));

    assertTrue(text.startsWith("**REJECTED** bob: no\n\nEvaluation page: "), text);
  }

  @Test
  void textOfOthers_staysText() {
    assertEquals("a \\| b &lt;img> \\[x](y) 'z' c", Markdown.cell("a | b <img> [x](y) `z`\nc"));
    assertEquals("left  right", Markdown.cell("left \u202Eright"));
    assertEquals(401, Markdown.cell("x".repeat(500)).length());
  }

  private static RunStatus run(@Nullable Verdict verdict, String message) {
    StageStatus ingestion =
        new StageStatus(
            Stage.INGESTION,
            StageState.DONE,
            2.5,
            3,
            Examples.ref(Zone.EVIDENCE, 1),
            "package " + "0".repeat(63) + "9",
            NOW);
    return new RunStatus(
        "tips@1",
        "tips",
        "1",
        "tips",
        verdict,
        message,
        "",
        List.of(ingestion, StageStatus.pending(Stage.FEATURES)),
        verdict == null
            ? List.of(
                new MetricValue("auc", 0.81234, 0.79, 0.83, 0.8),
                new MetricValue("log_loss", 0.4, 0.3, 0.5, null))
            : List.of(),
        List.of(),
        null);
  }

  private static ReviewStatus review(List<String> refused) {
    DecisionTerms terms =
        new DecisionTerms(
            "promote",
            "default",
            "tips@1",
            "r",
            "tips",
            "1",
            "tips",
            "",
            "",
            "",
            "",
            NOW,
            NOW.plusSeconds(24 * 3600));
    return new ReviewStatus(
        new Review(terms, 2, List.of("alice", "bob"), Examples.ref(Zone.EVIDENCE, 2)),
        List.of(GATE),
        Examples.ref(Zone.REPORTS, 5),
        List.of(
            new AcceptedDecision(
                "alice",
                "SHA256:x",
                DecisionKind.APPROVE,
                "",
                FakeReview.decision("alice", DecisionKind.APPROVE))),
        refused);
  }
}
