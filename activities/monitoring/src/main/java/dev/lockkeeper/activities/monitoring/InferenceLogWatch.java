package dev.lockkeeper.activities.monitoring;

import com.uber.m3.tally.Scope;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.contracts.monitoring.CompareWindowInput;
import dev.lockkeeper.contracts.monitoring.MonitoringActivities;
import dev.lockkeeper.contracts.run.LockkeeperMetric;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.MonitoringClaim;
import dev.lockkeeper.formats.monitoring.MonitoringClaimFormat;
import dev.lockkeeper.formats.monitoring.RaisedAlerts;
import dev.lockkeeper.formats.monitoring.RaisedAlertsFormat;
import dev.lockkeeper.formats.monitoring.WindowComparison;
import dev.lockkeeper.formats.monitoring.WindowComparisonFormat;
import dev.lockkeeper.formats.monitoring.WindowReport;
import dev.lockkeeper.formats.monitoring.WindowReportFormat;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Alert;
import dev.lockkeeper.stage.AlertSink;
import dev.lockkeeper.stage.NamedServices;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageFailures;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares what the gateway logged with the signed baseline.
 *
 * @param context the context of the monitoring role
 * @param alerts where alerts go
 */
record InferenceLogWatch(StageContext context, AlertSink alerts) implements MonitoringActivities {

  @Override
  public WindowComparison compareWindow(CompareWindowInput input) {
    ActivityExecutionContext execution = Activity.getExecutionContext();
    return StageFailures.translate(() -> compare(input, execution));
  }

  private WindowComparison compare(CompareWindowInput input, ActivityExecutionContext execution) {
    long started = System.nanoTime();
    ModelPackage watched = input.modelPackage();
    SignedBaseline baseline = SignedBaseline.take(context, watched);
    LiveWindow window = new LiveWindow(watched.rootDigest(), baseline.baseline());
    InferenceLogReader.Extent extent =
        new InferenceLogReader(context.store(), input.endpoint())
            .readAfter(input.cursor(), window::add, () -> execution.heartbeat(window.rows()));
    if (window.rows() < Math.max(1, input.monitoring().minimumRows())) {
      return new WindowComparison.TooFewRows(input.cursor());
    }
    String key =
        context.key(
            input.endpoint(),
            watched.rootDigest(),
            input.cursor(),
            extent.cursor(),
            input.monitoring());
    int attempt = execution.getInfo().getAttempt();
    return context.runOnce(
        key,
        WindowComparisonFormat.INSTANCE,
        () -> {
          WindowReport report = report(input, baseline, window, extent);
          measure(execution.getMetricsScope(), report);
          return deliver(key, report, attempt, started);
        });
  }

  /** What dashboards draw: every subject's index, and the alerts. */
  private static void measure(Scope metrics, WindowReport report) {
    Scope endpoint = metrics.tagged(Map.of("endpoint", report.endpoint()));
    report
        .subjects()
        .forEach(
            subject ->
                endpoint
                    .tagged(Map.of("subject", subject.name()))
                    .gauge(LockkeeperMetric.DRIFT_INDEX.label())
                    .update(subject.psi()));
    endpoint.counter(LockkeeperMetric.DRIFT_ALERTS.label()).inc(report.alerts().size());
  }

  private static WindowReport report(
      CompareWindowInput input,
      SignedBaseline baseline,
      LiveWindow window,
      InferenceLogReader.Extent extent) {
    List<String> untested = baseline.clock().tooLongFor(window.from(), window.to());
    DriftWindow compared =
        new DriftWindow(
            window.rows(), input.monitoring().threshold(), window.histogramsWithout(untested));
    DriftFamily family = DriftFamily.test(compared);
    List<DriftAlert> alerts = new ArrayList<>();
    NamedServices.load(DriftCheck.class, DriftCheck::name)
        .values()
        .forEach(check -> alerts.addAll(check.check(compared)));
    return new WindowReport(
        input.endpoint(),
        input.modelPackage().model(),
        input.modelPackage().version(),
        input.modelPackage().rootDigest(),
        baseline.digest(),
        baseline.baseline().rows(),
        input.cursor(),
        extent.cursor(),
        window.from(),
        window.to(),
        window.rows(),
        extent.unreadable() + window.misshapen(),
        family.subjects().size(),
        family.subjects(),
        untested,
        alerts);
  }

  private WindowComparison.Compared deliver(
      String id, WindowReport report, int attempt, long started) {
    ArtifactRef stored =
        context
            .store()
            .put(Zone.REPORTS, WindowReportFormat.INSTANCE.write(report), "application/json");
    byte[] envelope =
        context
            .signer()
            .sign(
                MonitoringClaimFormat.PREDICATE,
                List.of(new Subject("window.json", stored.sha256())),
                MonitoringClaimFormat.INSTANCE.fields(MonitoringClaim.of(report)).json());
    if (!report.alerts().isEmpty()) {
      raise(id, report);
    }
    long millis = (System.nanoTime() - started) / 1_000_000;
    return new WindowComparison.Compared(
        report.toCursor(),
        report.rows(),
        report.alerts(),
        stored,
        new Evidence(context.storeStatement(envelope), attempt, millis));
  }

  /** In the evidence zone once, under {@code alerts/ENDPOINT/ID.json}, and to the sinks. */
  private void raise(String id, WindowReport report) {
    RaisedAlerts raised =
        new RaisedAlerts(
            id,
            report.endpoint(),
            report.model(),
            report.version(),
            report.from(),
            report.to(),
            report.alerts());
    context
        .store()
        .putNamed(
            Zone.EVIDENCE,
            "alerts/" + report.endpoint() + "/" + id + ".json",
            RaisedAlertsFormat.INSTANCE.write(raised));
    String subject =
        "drift at endpoint " + report.endpoint() + ", " + report.model() + "@" + report.version();
    alerts.raise(
        new Alert(
            id,
            Role.MONITORING,
            subject,
            report.alerts().stream().map(DriftAlert::message).toList(),
            RaisedAlertsFormat.INSTANCE.fields(raised).json()));
  }
}
