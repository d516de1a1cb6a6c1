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
      html.append("<tr><td>")
          .append(title(metric.name()))
          .append("</td><td class=\"n\">")
          .append(Markup.number(metric.value()))
          .append("</td><td class=\"n\"><span class=\"sub\">")
          .append(Markup.format("%.4f – %.4f", metric.low(), metric.high()))
          .append("</span></td>");
      if (compared && metric.baseline() != null) {
        gain(metric.baseline(), report.gains().get(i), reach);
      } else {
        html.append("<td>")
            .append(
                IntervalBars.fromZero(
                    metric.value(), metric.low(), metric.high(), Math.max(1, metric.high())))
            .append("</td>");
      }
      html.append("</tr>");
    }
    html.append("</table>");
    if (compared) {
      html.append(
              "<p class=\"note\">A gain is positive where the candidate is better, whatever the")
          .append(
              " metric's direction. Both models are measured on the same bootstrap samples; the")
          .append(" vertical line means no change.</p>");
    }
    html.append("</section>");
  }

  private void gain(double baseline, EvaluationReport.Gain gain, double reach) {
    String style = gain.low() >= 0 ? " good" : gain.high() < 0 ? " bad" : "";
    html.append("<td class=\"n\">")
        .append(Markup.number(baseline))
        .append("</td><td class=\"n")
        .append(style)
        .append("\">")
        .append(Markup.signed(gain.value()))
        .append("</td><td>")
        .append(IntervalBars.aroundZero(gain.value(), gain.low(), gain.high(), reach))
        .append("</td>");
  }

  void behaviour() {
    if (report.behaviour().isEmpty()) {
      return;
    }
    html.append("<section><h2>Behaviour</h2><table><tr><th>Outcome</th><th>Check</th><th>Kind</th>")
        .append("<th class=\"n\">Rows kept</th><th class=\"n\">Measured</th>")
        .append("<th class=\"n\">Threshold</th><th>Worst row</th></tr>");
    for (BehaviourResult check : report.behaviour()) {
      html.append("<tr><td>")
          .append(
              check.passed()
                  ? EvaluationPage.pill("good", "Passed")
                  : EvaluationPage.pill("bad", "Refused"))
          .append("</td><td>")
          .append(Markup.escape(check.name()))
          .append("</td><td>")
          .append(check.kind())
          .append("</td><td class=\"n\">")
          .append(Markup.format("%,d of %,d", check.kept(), check.rows()))
          .append("</td><td class=\"n\">")
          .append(Markup.number(check.value()))
          .append("</td><td class=\"n\">")
          .append(Markup.number(check.threshold()))
          .append("</td><td><span class=\"sub\">")
          .append(check.example().isEmpty() ? "–" : Markup.escape(check.example()))
          .append("</span></td></tr>");
    }
    html.append("</table></section>");
  }

  void fairness() {
    EvaluationReport.FairnessFinding finding = report.fairness();
    if (finding == null) {
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
            finding.smaller() == 0
                ? ""
                : Markup.format(" %,d smaller groups are not shown.", finding.smaller()))
        .append("</p></section>");
  }

  private void group(EvaluationReport.Group group, String remark) {
    html.append("<tr><td>")
        .append(Markup.escape(group.name()))
        .append(remark)
        .append("</td><td class=\"n\">")
        .append(Markup.format("%,d", group.rows()))
        .append("</td><td class=\"n\">")
        .append(Markup.percent(group.selectionRate()))
        .append("</td><td>")
        .append(IntervalBars.share(group.selectionRate()))
        .append("</td><td class=\"n\">")
        .append(rate(group.truePositiveRate()))
        .append("</td><td class=\"n\">")
        .append(rate(group.falsePositiveRate()))
        .append("</td></tr>");
  }

  private static String rate(@Nullable Double rate) {
    return rate == null ? "–" : Markup.percent(rate);
  }
}
