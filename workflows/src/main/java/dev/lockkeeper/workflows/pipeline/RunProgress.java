package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.run.LockkeeperMetric;
import dev.lockkeeper.contracts.run.RollbackSummary;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.run.Stage;
import dev.lockkeeper.workflows.run.Timers;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a run stands, kept in step with what operators see of it. */
final class RunProgress {
  private final RunContext run;
  private final String endpoint;
  private final String traceId;
  private final Supplier<ReviewStatus> review;
  private final Map<Stage, StageStatus> stages = new EnumMap<>(Stage.class);
  private final Map<Stage, Instant> started = new EnumMap<>(Stage.class);
  private final List<ArtifactRef> reports = new ArrayList<>();
  private List<MetricValue> metrics = List.of();
  private Stage current = Stage.INGESTION;
  private String message = "";
  private @Nullable Verdict verdict;
  private @Nullable RollbackSummary rollback;

  RunProgress(RunContext run, String endpoint, String traceId, Supplier<ReviewStatus> review) {
    this.run = run;
    this.endpoint = endpoint;
    this.traceId = traceId;
    this.review = review;
    for (Stage stage : Stage.values()) {
      stages.put(stage, StageStatus.pending(stage));
    }
  }

  /** Makes the run findable; the attributes are registered by whoever set up the server. */
  void open() {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.MODEL_NAME.valueSet(run.model()),
        SearchAttributes.MODEL_VERSION.valueSet(run.version()),
        SearchAttributes.ENDPOINT.valueSet(endpoint));
  }

  void begin(Stage stage, String what) {
    current = stage;
    started.put(stage, Timers.now());
    put(stage, StageState.RUNNING, 0, what);
    Workflow.upsertTypedSearchAttributes(SearchAttributes.PIPELINE_STAGE.valueSet(stage.label()));
  }

  /** Whether people must decide in the current stage, so that lists and metrics find the run. */
  void asks(boolean people) {
    Stage listed = people ? Stage.APPROVAL : current;
    Workflow.upsertTypedSearchAttributes(SearchAttributes.PIPELINE_STAGE.valueSet(listed.label()));
  }

  void running(String what) {
    put(current, StageState.RUNNING, 0, what);
  }

  void waiting(String forWhat) {
    put(current, StageState.WAITING, 0, forWhat);
  }

  /** The stage's own time is that of the attempt that succeeded. */
  void done(Evidence evidence, String result) {
    finish(StageState.DONE, evidence, evidence.millis() / 1000.0, result);
  }

  /** A stage that waits for people or traffic takes as long as the wait. */
  void doneAfterWaiting(Evidence evidence, String result) {
    finish(StageState.DONE, evidence, elapsed(current), result);
  }

  void refused(Evidence evidence, String reason) {
    finish(StageState.REFUSED, evidence, evidence.millis() / 1000.0, reason);
  }

  void refusedAfterWaiting(Evidence evidence, String reason) {
    finish(StageState.REFUSED, evidence, elapsed(current), reason);
  }

  void metrics(List<MetricValue> found) {
    metrics = List.copyOf(found);
  }

  void report(ArtifactRef report) {
    reports.add(report);
  }

  void rollback(RollbackSummary summary) {
    rollback = summary;
  }

  /** The run is over: what the Web UI, the search and the result say from now on. */
  RunStatus end(Verdict how, String why) {
    if (how == Verdict.FAILED || how == Verdict.CANCELLED) {
      StageState state = stage(current).state();
      if (state == StageState.RUNNING || state == StageState.WAITING) {
        put(current, StageState.FAILED, elapsed(current), why);
      }
    }
    verdict = how;
    message = why;
    Workflow.upsertTypedSearchAttributes(SearchAttributes.VERDICT.valueSet(how.name()));
    Workflow.getMetricsScope()
        .tagged(Map.of("verdict", how.name()))
        .counter(LockkeeperMetric.RUN_VERDICTS.label())
        .inc(1);
    publish();
    return status();
  }

  RunStatus status() {
    return new RunStatus(
        run.runId(),
        run.model(),
        run.version(),
        endpoint,
        verdict,
        message,
        traceId,
        List.copyOf(stages.values()),
        metrics,
        List.copyOf(reports),
        rollback);
  }

  void publish() {
    Workflow.setCurrentDetails(CurrentDetails.of(status(), review.get()));
  }

  private void finish(StageState state, Evidence evidence, double seconds, String result) {
    stages.put(
        current,
        new StageStatus(
            current,
            state,
            seconds,
            evidence.attempt(),
            evidence.statement(),
            result,
            started.get(current)));
    message = current.label() + ": " + result;
    publish();
  }

  private void put(Stage stage, StageState state, double seconds, String text) {
    stages.put(stage, new StageStatus(stage, state, seconds, 1, null, text, started.get(stage)));
    message = stage.label() + ": " + text;
    publish();
  }

  private double elapsed(Stage stage) {
    Instant start = started.get(stage);
    return start == null ? 0 : Timers.secondsSince(start);
  }

  private StageStatus stage(Stage stage) {
    return Objects.requireNonNull(stages.get(stage));
  }
}
