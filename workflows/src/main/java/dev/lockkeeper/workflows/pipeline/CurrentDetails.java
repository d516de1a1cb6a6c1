package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.workflows.run.Markdown;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A run as Markdown for the Web UI, which shows about nine lines before it scrolls: the verdict and
 * who must act come first.
 */
final class CurrentDetails {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private CurrentDetails() {}

  static String of(RunStatus run, ReviewStatus review) {
    StringBuilder text = new StringBuilder();
    Verdict verdict = run.verdict();
    String head = verdict == null ? "RUNNING" : verdict.name();
    text.append("**")
        .append(head)
        .append("** ")
        .append(Markdown.cell(run.message()))
        .append("\n\n");
    if (verdict == null) {
      appendReview(text, review);
    }
    appendStages(text, run.stages());
    appendGates(text, review.gates());
    return text.toString();
  }

  private static void appendReview(StringBuilder text, ReviewStatus status) {
    Review review = status.review();
    if (review == null) {
      return;
    }
    List<String> decided = status.accepted().stream().map(AcceptedDecision::approver).toList();
    List<String> open =
        review.approvers().stream().filter(name -> !decided.contains(name)).toList();
    text.append("**To decide:** ")
        .append(
            String.join(", ", open.stream().map(name -> '`' + Markdown.cell(name) + '`').toList()))
        .append("; ")
        .append(decided.size())
        .append(" of ")
        .append(review.quorum())
        .append(" approvals, until **")
        .append(MINUTE.format(review.terms().expires()))
        .append("**\n\n");
    if (!status.refused().isEmpty()) {
      text.append("Refused attempts: ")
          .append(status.refused().size())
          .append(", the last: ")
          .append(Markdown.cell(status.refused().get(status.refused().size() - 1)))
          .append("\n\n");
    }
  }

  private static void appendStages(StringBuilder text, List<StageStatus> stages) {
    text.append("| Stage | State | Seconds | Attempts | Result |\n|---|---|---|---|---|\n");
    for (StageStatus stage : stages) {
      if (stage.state() == StageState.PENDING) {
        continue;
      }
      text.append("| ")
          .append(stage.stage().label())
          .append(" | ")
          .append(stage.state().name().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(
              stage.statement() == null ? "" : String.format(Locale.ROOT, "%.1f", stage.seconds()))
          .append(" | ")
          .append(stage.attempts())
          .append(" | ")
          .append(Markdown.cell(stage.message()))
          .append(" |\n");
    }
  }

  private static void appendGates(StringBuilder text, List<GateResult> gates) {
    if (gates.isEmpty()) {
      return;
    }
    text.append("\n| Gate | Outcome | Value | Threshold | Finding |\n|---|---|---|---|---|\n");
    for (GateResult gate : gates) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s%s | %.4f | %.4f | %s |\n",
              Markdown.cell(gate.gate()),
              gate.outcome().name().toLowerCase(Locale.ROOT),
              gate.blocking() ? ", blocking" : "",
              gate.value(),
              gate.threshold(),
              Markdown.cell(gate.message())));
    }
  }
}
