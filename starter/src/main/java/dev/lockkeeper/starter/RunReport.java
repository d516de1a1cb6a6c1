package dev.lockkeeper.starter;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.lockkeeper.contracts.run.RollbackSummary;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.run.MetricValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run as JSON for programs ({@code docs/cli.md}).
 *
 * @param verdict how it ended; null while it runs
 * @param metrics hold-out metrics by name
 * @param reports URIs of the reports, newest last
 */
@JsonPropertyOrder({
  "runId",
  "model",
  "version",
  "endpoint",
  "verdict",
  "message",
  "traceId",
  "stages",
  "rollback",
  "metrics",
  "reports"
})
public record RunReport(
    String runId,
    String model,
    String version,
    String endpoint,
    @Nullable Verdict verdict,
    String message,
    String traceId,
    List<StageLine> stages,
    @Nullable RollbackSummary rollback,
    Map<String, MetricLine> metrics,
    List<String> reports) {

  /**
   * One stage.
   *
   * @param seconds wall time; 0 while pending
   * @param statement URI of its signed statement; null until there is one
   */
  @JsonPropertyOrder({"stage", "state", "seconds", "attempts", "statement", "message"})
  public record StageLine(
      String stage,
      StageState state,
      double seconds,
      int attempts,
      @Nullable String statement,
      String message) {}

  /**
   * One metric.
   *
   * @param baseline the stable model's value on the same rows; null for a first release
   */
  @JsonPropertyOrder({"value", "low", "high", "baseline"})
  public record MetricLine(double value, double low, double high, @Nullable Double baseline) {}

  public static RunReport of(RunStatus run) {
    Map<String, MetricLine> metrics = new TreeMap<>();
    for (MetricValue metric : run.metrics()) {
      metrics.put(
          metric.name(),
          new MetricLine(metric.value(), metric.low(), metric.high(), metric.baseline()));
    }
    return new RunReport(
        run.runId(),
        run.model(),
        run.version(),
        run.endpoint(),
        run.verdict(),
        run.message(),
        run.traceId(),
        run.stages().stream().map(RunReport::line).toList(),
        run.rollback(),
        metrics,
        run.reports().stream().map(ArtifactRef::uri).toList());
  }

  private static StageLine line(StageStatus stage) {
    ArtifactRef statement = stage.statement();
    return new StageLine(
        stage.stage().label(),
        stage.state(),
        stage.secondsAt(Instant.now()),
        stage.attempts(),
        statement == null ? null : statement.uri(),
        stage.message());
  }
}
