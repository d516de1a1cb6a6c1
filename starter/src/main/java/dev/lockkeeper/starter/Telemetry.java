package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.StateFolder;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;

/** Starts the process's tracing; asked only by commands that begin a trace. */
@FunctionalInterface
public interface Telemetry {

  /** A running tracing whose spans are exported when it is closed. */
  interface Session extends AutoCloseable {

    OpenTelemetry openTelemetry();

    @Override
    void close();
  }

  Session start(StateFolder state) throws IOException;
}
