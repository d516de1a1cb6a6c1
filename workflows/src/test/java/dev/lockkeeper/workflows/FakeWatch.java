package dev.lockkeeper.workflows;

import static dev.lockkeeper.workflows.Examples.evidence;
import static dev.lockkeeper.workflows.Examples.ref;

import dev.lockkeeper.contracts.monitoring.CompareWindowInput;
import dev.lockkeeper.contracts.monitoring.MonitoringActivities;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.WindowComparison;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares windows of a hundred rows; the second one drifts. */
final class FakeWatch implements MonitoringActivities {
  final AtomicInteger windows = new AtomicInteger();
  final List<String> versions = new CopyOnWriteArrayList<>();
  volatile double threshold;
  volatile int failingWindow = -1;

  @Override
  public WindowComparison compareWindow(CompareWindowInput input) {
    int window = windows.incrementAndGet();
    versions.add(input.modelPackage().version());
    threshold = input.monitoring().threshold();
    if (window == failingWindow) {
      throw StageFailure.of(FailureType.CUSTODY_BROKEN, "the baseline does not verify");
    }
    List<DriftAlert> alerts =
        window == 2
            ? List.of(new DriftAlert("fare", "psi", 0.5, 0.1, 0.25, 100, "fare moved: PSI 0.5"))
            : List.of();
    return new WindowComparison.Compared(
        "segment-" + window, 100, alerts, ref(Zone.REPORTS, 80), evidence(81, 1));
  }
}
