package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.run.RollbackSummary;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run as a table for people. */
final class RunTable {

  private RunTable() {}

  /** One line for each stage. */
  static List<String> stages(RunStatus run, boolean colour) {
    List<String> lines = new ArrayList<>();
    for (StageStatus stage : run.stages()) {
      lines.add(line(stage, colour));
    }
    return lines;
  }

  /**
   * A stage with what it found: several findings are a list below it, and what the run's own last
   * line says is left to that.
   */
  private static List<String> listed(RunStatus run, StageStatus stage) {
    List<String> findings = findings(stage.message());
    if (findings.size() < 2) {
      return List.of(
          line(stage, isSaidBy(run, stage) ? "" : stage.message(), false).stripTrailing());
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(stage, Counted.of(findings.size(), "finding") + ":", false));
    findings.forEach(finding -> lines.add("    - " + finding.replaceAll("\\s*\\R\\s*", "; ")));
    return lines;
  }

  private static List<String> findings(String message) {
    return List.of(message.split(" \\| "));
  }

  /** Whether the run's message is that of a stage. */
  private static boolean isSaidBy(RunStatus run, StageStatus stage) {
    return run.message().equals(stage.message())
        || run.message().equals(stage.stage().label() + ": " + stage.message());
  }

  private static boolean isListed(RunStatus run) {
    return findings(run.message()).size() > 1
        && run.stages().stream().anyMatch(stage -> isSaidBy(run, stage));
  }

  static String line(StageStatus stage, boolean colour) {
    return line(stage, stage.message(), colour);
  }

  private static String line(StageStatus stage, String message, boolean colour) {
    boolean pending = stage.state() == StageState.PENDING;
    String time =
        pending ? "" : String.format(Locale.ROOT, "%.1f s", stage.secondsAt(Instant.now()));
    String attempts = stage.attempts() > 1 ? "attempt " + stage.attempts() + "; " : "";
    String state = String.format("%-8s", stage.state().name().toLowerCase(Locale.ROOT));
    String line =
        String.format(
            "  %-11s %s %9s  %s%s",
            stage.stage().label(),
            colour ? paint(stage.state()) + state + "\u001b[0m" : state,
            time,
            attempts,
            message);
    return line.replaceAll("\\s*\\R\\s*", "; ");
  }

  private static String paint(StageState state) {
    return switch (state) {
      case PENDING -> "\u001b[2m";
      case RUNNING -> "\u001b[36m";
      case WAITING -> "\u001b[33m";
      case DONE -> "\u001b[32m";
      case REFUSED, FAILED -> "\u001b[31m";
    };
  }

  /** The whole run: stages, metrics, what it waits for or how it ended, where the reports are. */
  static List<String> whole(RunStatus run, StateFolder state) {
    List<String> lines = new ArrayList<>();
    Verdict verdict = run.verdict();
    lines.add("run " + run.runId() + (verdict == null ? ": in progress" : ": " + verdict));
    run.stages().forEach(stage -> lines.addAll(listed(run, stage)));
    if (!run.metrics().isEmpty()) {
      lines.add("hold-out:");
      run.metrics().forEach(metric -> lines.add("  " + metric(metric)));
    }
    RollbackSummary rollback = run.rollback();
    if (rollback != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "taken back after %d canary requests, stable version restored in %.2f s: %s",
              rollback.canaryRequests(),
              rollback.restoreSeconds(),
              rollback.reason()));
      Confirmation confirmation = rollback.confirmation();
      if (confirmation != null) {
        lines.add("  " + confirmation.text());
      }
    }
    for (ArtifactRef report : run.reports()) {
      lines.add(
          "report (" + report.mediaType().replaceAll(";.*", "") + "): " + location(state, report));
    }
    if (!run.traceId().isEmpty()) {
      lines.add("trace: " + run.traceId());
    }
    if (!run.message().isEmpty() && !isListed(run)) {
      lines.add(run.message());
    }
    if (verdict == Verdict.PROMOTED) {
      new ExampleRequest(state, run.endpoint())
          .curl(new RunId(run.model(), run.version()))
          .ifPresent(curl -> lines.add("try it: " + curl));
    }
    return lines;
  }

  private static String metric(MetricValue metric) {
    Double baseline = metric.baseline();
    return String.format(
        Locale.ROOT,
        "%-10s %.4f  [%.4f, %.4f]%s",
        metric.name(),
        rounded(metric.value()),
        rounded(metric.low()),
        rounded(metric.high()),
        baseline == null ? "" : String.format(Locale.ROOT, "  stable %.4f", rounded(baseline)));
  }

  /** To the four places that are shown; adding a zero makes zero of a negative zero. */
  private static double rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1e4) / 1e4 + 0.0 : value;
  }

  /**
   * Where a person opens an artifact: the file of a store in a directory, and of a page the one
   * that a browser takes for a page; the artifact's URI in any other store.
   */
  static String location(StateFolder state, ArtifactRef artifact) {
    return state
        .zonesFolder()
        .map(zones -> file(zones.resolve(artifact.zone().label()), artifact).toString())
        .orElseGet(artifact::uri);
  }

  private static Path file(Path zone, ArtifactRef artifact) {
    return artifact.mediaType().startsWith("text/html")
        ? zone.resolve("named").resolve(artifact.sha256() + ".html")
        : zone.resolve("sha256").resolve(artifact.sha256());
  }
}
