package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.starter.Telemetry;
import dev.lockkeeper.workers.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;

/** Tracing of a command, exported by {@code OTEL_*} and to a file of the state folder. */
final class SpanFileTelemetry implements Telemetry {

  @Override
  public Session start(StateFolder state) throws IOException {
    Tracing tracing = Tracing.start("lockkeeper-cli", state.traces().resolve("cli.jsonl"));
    return new Session() {
      @Override
      public OpenTelemetry openTelemetry() {
        return tracing.openTelemetry();
      }

      @Override
      public void close() {
        tracing.close();
      }
    };
  }
}
