package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.Telemetry;
import io.opentelemetry.api.OpenTelemetry;

/** Commands of the test's process that leave no trace: its one global tracing is another test's. */
final class Untraced implements Telemetry.Session {

  @Override
  public OpenTelemetry openTelemetry() {
    return OpenTelemetry.noop();
  }

  @Override
  public void close() {
    // There is nothing to export.
  }
}
