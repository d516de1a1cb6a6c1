package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.VersionChange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The report as one self-contained HTML page: no script, nothing from elsewhere. */
final class EvaluationPage {

  private static final List<String> HEADLINES = List.of("auc", "log-loss", "brier", "f1");

  private final EvaluationReport report;
  private final StringBuilder html = new StringBuilder(64_000);

  private EvaluationPage(EvaluationReport report) {
    this.report = report;
  }

  /** The page as UTF-8 bytes. */
  static byte[] render(EvaluationReport report) {
    EvaluationPage page = new EvaluationPage(report);
    page.head();
    page.findings();
    page.changes();
    page.tiles();
    page.gates();
    EvaluationTables tables = new EvaluationTables(report, page.html);
    tables.metrics();
    tables.outcomes();
    page.curves();
    tables.behaviour();
    tables.fairness();
    page.provenance();
    page.html.append("</main></body></html>\n");
    return page.html.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void head() {
    String title = report.run().model() + "@" + report.run().version();
    long blocking = report.gates().stream().filter(GateResult::blocking).count();
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append("style-src 'unsafe-inline'\"><title>Evaluation of ")
        .append(Markup.escape(title))
        .append("</title><style>")
        .append(css())
        .append("</style></head><body><main><header><h1>")
        .append(Markup.escape(title))
        .append("</h1>")
        .append(report.passed() ? pill("good", "Passed") : pill("bad", "Refused"))
        .append("</header><p class=\"lead\">");
    html.append(
        Markup.format(
            "%,d hold-out rows, %s of them <em>%s</em>. ",
            report.rows(),
            Markup.percent((double) report.positiveRows() / report.rows()),
            Markup.escape(report.labelName())));
    html.append(
        report.stableVersion() == null
            ? "A first release: nothing serves this endpoint yet, so absolute thresholds decide alone. "
            : "Compared with stable version <strong>"
                + Markup.escape(report.stableVersion())
                + "</strong>. "
                + standing());
    html.append(
            report.gates().isEmpty()
                ? "<strong>The pipeline has no gate, so nothing could refuse it.</strong>"
                : report.passed()
                    ? "Every gate lets it pass."
                    : blocking + " of " + report.gates().size() + " gates refuse it.")
        .append("</p><p class=\"note\">Started by <strong>")
        .append(Markup.escape(report.run().startedBy()))
        .append("</strong>, a name that nothing proves")
        .append(report.reason().isEmpty() ? "." : ": " + Markup.escape(report.reason()))
        .append("</p>");
  }

  /** How many metrics are worse than the stable version's, and of how many that is certain. */
  private String standing() {
    List<EvaluationReport.Gain> gains = report.gains();
    if (gains.isEmpty()) {
      return "<strong>It is not compared with it: too few rows are held out by both.</strong> ";
    }
    long worse = gains.stream().filter(gain -> gain.value() < 0).count();
    long certain = gains.stream().filter(gain -> gain.high() < 0).count();
    return Markup.format(
        "<strong>%d of %d metrics are worse than stable</strong>%s. ",
        worse,
        gains.size(),
        worse == 0 ? "" : Markup.format(", %d of them beyond their interval", certain));
  }

  private void findings() {
    if (report.findings().isEmpty()) {
      return;
    }
    html.append("<section><h2>To know of this hold-out</h2><ul>");
    report
        .findings()
        .forEach(line -> html.append("<li>").append(Markup.escape(line)).append("</li>"));
    html.append("</ul></section>");
  }

  private void changes() {
    if (report.stableVersion() == null) {
      return;
    }
    html.append("<section><h2>What changed since stable ")
        .append(Markup.escape(report.stableVersion()))
        .append("</h2>");
    if (report.changes().isEmpty()) {
      html.append("<p>Nothing that the signed records of both versions tell.</p></section>");
      return;
    }
    html.append("<table><tr><th>What</th><th>Stable</th><th>Candidate</th></tr>");
    for (VersionChange change : report.changes()) {
      html.append("<tr>")
          .append(Markup.cell("What", "", Markup.escape(change.subject())))
          .append(Markup.cell("Stable", "long", Markup.escape(orDash(change.stable()))))
          .append(Markup.cell("Candidate", "long", Markup.escape(orDash(change.candidate()))))
          .append("</tr>");
    }
    html.append("</table></section>");
  }

  private static String orDash(@Nullable String value) {
    return value == null ? "–" : value;
  }

  private void tiles() {
    html.append("<div class=\"tiles\">");
    for (MetricValue metric : report.metrics()) {
      if (HEADLINES.contains(metric.name())) {
        html.append("<div class=\"tile\"><div class=\"name\">")
            .append(EvaluationTables.title(metric.name()))
            .append("</div><div class=\"value\">")
            .append(Markup.number(metric.value()))
            .append("</div><div class=\"detail\">")
            .append(Markup.format("[%.4f, %.4f]", metric.low(), metric.high()));
        if (metric.baseline() != null) {
          html.append(" · stable ").append(Markup.number(metric.baseline()));
        }
        html.append("</div></div>");
      }
    }
    html.append("</div>");
  }

  private void gates() {
    html.append("<section><h2>Gates</h2>");
    if (report.gates().isEmpty()) {
      html.append("<p>The pipeline asks for no gate.</p></section>");
      return;
    }
    html.append("<table><tr><th>Outcome</th><th>Gate</th><th class=\"n\">Measured</th>")
        .append("<th class=\"n\">Threshold</th><th>Finding</th></tr>");
    for (GateResult gate : report.gates()) {
      html.append("<tr>")
          .append(Markup.cell("Outcome", "", outcome(gate)))
          .append(Markup.cell("Gate", "", Markup.escape(gate.gate())))
          .append(Markup.cell("Measured", "n", Markup.minus(Markup.number(gate.value()))))
          .append(Markup.cell("Threshold", "n", Markup.minus(Markup.number(gate.threshold()))))
          .append(Markup.cell("Finding", "sub", Markup.escape(gate.message())))
          .append("</tr>");
    }
    html.append("</table></section>");
  }

  private static String outcome(GateResult gate) {
    return switch (gate.outcome()) {
      case PASSED -> pill("good", "Passed");
      case REFUSED -> pill("bad", "Refused");
      case INCONCLUSIVE -> pill("even", gate.blocking() ? "Inconclusive, blocks" : "Inconclusive");
    };
  }

  private void curves() {
    html.append("<div class=\"pair\"><section><h2>ROC curve</h2>")
        .append(legend())
        .append(CurvePlots.roc(report.candidate(), report.stable()))
        .append("</section><section><h2>Calibration</h2>")
        .append(legend())
        .append(CurvePlots.calibration(report.candidate(), report.stable()))
        .append("</section></div>");
    if (!report.candidate().precisionRecall().isEmpty()) {
      html.append("<section class=\"half\"><h2>Precision and recall</h2>")
          .append(legend())
          .append(CurvePlots.precisionRecall(report.candidate(), report.stable()))
          .append("</section>");
    }
    html.append("<section><h2>Predictions by label</h2>")
        .append("<div class=\"legend\"><span><i class=\"negative\"></i>label false</span>")
        .append("<span><i class=\"positive\"></i>label true</span>")
        .append("<span><i class=\"cut\"></i>decision threshold</span></div>")
        .append(CurvePlots.scores(report.candidate(), report.validation().decisionThreshold()))
        .append("</section>");
  }

  private String legend() {
    String stable =
        report.stableVersion() == null
            ? ""
            : "<span><i class=\"stable\"></i>stable "
                + Markup.escape(report.stableVersion())
                + "</span>";
    return "<div class=\"legend\"><span><i class=\"candidate\"></i>candidate "
        + Markup.escape(report.run().version())
        + "</span>"
        + stable
        + "</div>";
  }

  private void provenance() {
    html.append("<section><h2>What was measured</h2><dl>");
    entry("model", report.modelDigest());
    entry("feature program", report.programDigest());
    entry("hold-out", report.holdoutDigest());
    if (report.stableModelDigest() != null) {
      entry("stable model", report.stableModelDigest());
    }
    entry("pipeline", report.run().specificationDigest());
    entry("run", report.run().runId() + " / " + report.run().workflowRunId());
    html.append("<dt>intervals</dt><dd>")
        .append(
            Markup.format(
                "%s; DeLong for the area, Wilson for shares of rows, else Bayesian bootstrap, %d"
                    + " samples, seed %d</dd></dl></section>",
                Markup.percent(report.validation().confidence()),
                report.validation().bootstrapSamples(),
                report.validation().seed()));
  }

  private void entry(String name, String value) {
    html.append("<dt>")
        .append(name)
        .append("</dt><dd><code>")
        .append(Markup.escape(value))
        .append("</code></dd>");
  }

  static String pill(String style, String text) {
    return "<span class=\"pill " + style + "\">" + text + "</span>";
  }

  private static String css() {
    try (InputStream in =
        Objects.requireNonNull(
            EvaluationPage.class.getResourceAsStream("evaluation.css"), "evaluation.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the page's style sheet cannot be read", e);
    }
  }
}
