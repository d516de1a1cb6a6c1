package dev.lockkeeper.contracts.monitoring;

import dev.lockkeeper.formats.monitoring.WindowComparison;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The monitoring stage, on task queue {@code lockkeeper-monitoring}. */
@ActivityInterface
public interface MonitoringActivities {

  /** Compares the newest window of the inference log with the signed baseline and raises alerts. */
  @ActivityMethod(name = "CompareWindow")
  WindowComparison compareWindow(CompareWindowInput input);
}
