package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.workflows.run.Markdown;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A run as Markdown for the Web UI, which shows about nine lines before it scrolls: the verdict and
 * who must act come first.
 */
final class CurrentDetails {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern DIGEST = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");

  private CurrentDetails() {}

  static String of(RunStatus run, ReviewStatus review) {
    StringBuilder text = new StringBuilder();
    Verdict verdict = run.verdict();
    String head = verdict == null ? "RUNNING" : verdict.name();
    text.append("**").append(head).append("** ").append(cell(run.message())).append("\n\n");
    if (verdict == null) {
      appendReview(text, run.runId(), review);
    }
    if (review.page() != null) {
      text.append("Evaluation page: `")
          .append(cell(review.page().uri()))
          .append("`; `lockkeeper review ")
          .append(run.runId())
          .append(" --page FILE` copies it\n\n");
    }
    appendMetrics(text, run.metrics());
    appendStages(text, run.stages());
    appendGates(text, review.gates());
    return text.toString();
  }

  private static void appendReview(StringBuilder text, String run, ReviewStatus status) {
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
        .append("**: `lockkeeper review ")
        .append(run)
        .append("`, then `lockkeeper approve ")
        .append(run)
        .append(" --key FILE`, or `reject`\n\n");
    if (review.lacksApprovers()) {
      text.append(
          "Too few approvers are enrolled: until others are, a rejection alone counts.\n\n");
    }
    if (!status.refused().isEmpty()) {
      text.append("Refused attempts: ")
          .append(status.refused().size())
          .append(", the last: ")
          .append(Markdown.cell(status.refused().get(status.refused().size() - 1)))
          .append("\n\n");
    }
  }

  private static void appendMetrics(StringBuilder text, List<MetricValue> metrics) {
    if (metrics.isEmpty()) {
      return;
    }
    text.append("| Metric | Value | Interval | Stable version |\n|---|---|---|---|\n");
    for (MetricValue metric : metrics) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.4f | %.4f to %.4f | %s |\n",
              cell(metric.name()),
              metric.value(),
              metric.low(),
              metric.high(),
              metric.baseline() == null
                  ? ""
                  : String.format(Locale.ROOT, "%.4f", metric.baseline())));
    }
    text.append('\n');
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
          .append(cell(stage.message()))
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
              cell(gate.gate()),
              gate.outcome().name().toLowerCase(Locale.ROOT),
              gate.blocking() ? ", blocking" : "",
              gate.value(),
              gate.threshold(),
              cell(gate.message())));
    }
  }

  /** Twelve characters tell digests apart; whole ones push the other columns off the screen. */
  private static String cell(String text) {
    return DIGEST.matcher(Markdown.cell(text)).replaceAll("$1…");
  }
}
