package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.Telemetry;
import io.opentelemetry.api.OpenTelemetry;

/** The commands of a test trace through the cluster's tracing, which outlives them. */
record SharedTracing(OpenTelemetry openTelemetry) implements Telemetry.Session {

  @Override
  public void close() {
    // The cluster closes its tracing itself.
  }
}
