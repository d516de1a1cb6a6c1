package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.run.MetricValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of the evaluation page: metrics, behaviour, fairness. */
final class EvaluationTables {

  private static final Map<String, String> TITLES =
      Map.of(
          "auc", "Area under the ROC curve",
          "log-loss", "Log-loss",
          "brier", "Brier score",
          "accuracy", "Accuracy",
          "precision", "Precision",
          "recall", "Recall",
          "f1", "F1 score");

  private final EvaluationReport report;
  private final StringBuilder html;

  EvaluationTables(EvaluationReport report, StringBuilder html) {
    this.report = report;
    this.html = html;
  }

  static String title(String metric) {
    return TITLES.getOrDefault(metric, Markup.escape(metric));
  }

  void metrics() {
    boolean compared = !report.gains().isEmpty();
    double reach =
        report.gains().stream()
            .mapToDouble(g -> Math.max(Math.abs(g.low()), Math.abs(g.high())))
            .max()
            .orElse(0);
    html.append("<section><h2>")
        .append(compared ? "Metrics against stable" : "Metrics")
        .append("</h2><table><tr><th>Metric</th><th class=\"n\">Candidate</th>")
        .append("<th class=\"n\">Interval</th>");
    html.append(
        compared
            ? "<th class=\"n\">Stable</th><th class=\"n\">Gain</th><th>Gain and its interval</th></tr>"
            : "<th>Value and its interval, from 0</th></tr>");
    for (int i = 0; i < report.metrics().size(); i++) {
      MetricValue metric = report.metrics().get(i);
      html.append("<tr>")
          .append(Markup.cell("Metric", "", title(metric.name())))
          .append(Markup.cell("Candidate", "n", Markup.number(metric.value())))
          .append(
              Markup.cell(
                  "Interval", "n sub", Markup.format("%.4f – %.4f", metric.low(), metric.high())));
      if (compared && metric.baseline() != null) {
        gain(metric.baseline(), report.gains().get(i), reach);
      } else {
        html.append(
            Markup.cell(
                "From 0",
                "",
                IntervalBars.fromZero(
                    metric.value(), metric.low(), metric.high(), Math.max(1, metric.high()))));
      }
      html.append("</tr>");
    }
    html.append("</table>");
    if (compared) {
      html.append(
              "<p class=\"note\">A gain is positive where the candidate is better, whatever the")
          .append(" metric's direction. Both models are measured on the rows that both held out;")
          .append(" the vertical line means no change.</p>");
    }
    html.append("</section>");
  }

  private void gain(double baseline, EvaluationReport.Gain gain, double reach) {
    String style = gain.low() >= 0 ? " good" : gain.high() < 0 ? " bad" : "";
    html.append(Markup.cell("Stable", "n", Markup.number(baseline)))
        .append(Markup.cell("Gain", "n" + style, Markup.signed(gain.value())))
        .append(
            Markup.cell(
                "Gain's interval",
                "",
                IntervalBars.aroundZero(gain.value(), gain.low(), gain.high(), reach)));
  }

  /** The confusion matrix at the decision threshold. */
  void outcomes() {
    ConfusionMatrix outcomes = report.outcomes();
    if (outcomes == null) {
      return;
    }
    html.append("<section><h2>Decisions at ")
        .append(Markup.number(report.validation().decisionThreshold()))
        .append("</h2><table><tr><th>Label</th><th class=\"n\">Predicted true</th>")
        .append("<th class=\"n\">Predicted false</th></tr>");
    decisions("true", outcomes.truePositives(), outcomes.falseNegatives());
    decisions("false", outcomes.falsePositives(), outcomes.trueNegatives());
    html.append("</table></section>");
  }

  private void decisions(String label, int positive, int negative) {
    html.append("<tr>")
        .append(Markup.cell("Label", "", label))
        .append(Markup.cell("Predicted true", "n", rows(positive, positive + negative)))
        .append(Markup.cell("Predicted false", "n", rows(negative, positive + negative)))
        .append("</tr>");
  }

  private static String rows(int rows, int of) {
    return Markup.format("%,d", rows)
        + (of == 0 ? "" : " <span class=\"sub\">" + Markup.percent((double) rows / of) + "</span>");
  }

  void behaviour() {
    if (report.behaviour().isEmpty()) {
      return;
    }
    html.append("<section><h2>Behaviour</h2><table><tr><th>Outcome</th><th>Check</th><th>Kind</th>")
        .append("<th class=\"n\">Rows kept</th><th class=\"n\">Measured</th>")
        .append("<th class=\"n\">Threshold</th><th>Worst row</th></tr>");
    for (BehaviourResult check : report.behaviour()) {
      html.append("<tr>")
          .append(
              Markup.cell(
                  "Outcome",
                  "",
                  check.passed()
                      ? EvaluationPage.pill("good", "Passed")
                      : EvaluationPage.pill("bad", "Refused")))
          .append(Markup.cell("Check", "", Markup.escape(check.name())))
          .append(Markup.cell("Kind", "", check.kind()))
          .append(
              Markup.cell(
                  "Rows kept", "n", Markup.format("%,d of %,d", check.kept(), check.rows())))
          .append(Markup.cell("Measured", "n", Markup.number(check.value())))
          .append(Markup.cell("Threshold", "n", Markup.number(check.threshold())))
          .append(
              Markup.cell(
                  "Worst row",
                  "sub",
                  check.example().isEmpty() ? "–" : Markup.escape(check.example())))
          .append("</tr>");
    }
    html.append("</table></section>");
  }

  void fairness() {
    EvaluationReport.FairnessFinding finding = report.fairness();
    if (finding == null) {
      html.append(
          "<section><h2>Fairness</h2><p>The pipeline asks for no fairness gate.</p></section>");
      return;
    }
    html.append("<section><h2>Fairness by ")
        .append(Markup.escape(finding.column()))
        .append("</h2><table><tr><th>Group</th><th class=\"n\">Rows</th>")
        .append("<th class=\"n\">Predicted positive</th><th></th>")
        .append(
            "<th class=\"n\">True positive rate</th><th class=\"n\">False positive rate</th></tr>");
    finding.groups().forEach(group -> group(group, ""));
    finding.leftOut().forEach(group -> group(group, " <span class=\"sub\">(too small)</span>"));
    html.append("</table><p class=\"note\">The gate holds ")
        .append(Markup.escape(finding.metric()))
        .append(
            " with its interval against the threshold. An interval that contains the threshold is")
        .append(" inconclusive: these rows do not decide it.")
        .append(
            finding.groups().size() >= GroupRange.MANY
                ? " There are so many groups that their rates are drawn towards each other there."
                : "")
        .append(
            finding.smaller() == 0
                ? ""
                : Markup.format(" %,d smaller groups are not shown.", finding.smaller()))
        .append("</p></section>");
  }

  private void group(EvaluationReport.Group group, String remark) {
    html.append("<tr>")
        .append(Markup.cell("Group", "", Markup.escape(group.name()) + remark))
        .append(Markup.cell("Rows", "n", Markup.format("%,d", group.rows())))
        .append(Markup.cell("Predicted positive", "n", Markup.percent(group.selectionRate())))
        .append(Markup.cell("", "", IntervalBars.share(group.selectionRate())))
        .append(Markup.cell("True positive rate", "n", rate(group.truePositiveRate())))
        .append(Markup.cell("False positive rate", "n", rate(group.falsePositiveRate())))
        .append("</tr>");
  }

  private static String rate(@Nullable Double rate) {
    return rate == null ? "–" : Markup.percent(rate);
  }
}
