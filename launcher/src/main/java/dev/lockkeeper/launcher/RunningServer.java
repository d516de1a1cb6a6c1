package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.ServerAddress;
import java.util.concurrent.CompletableFuture;

/**
 * A Temporal server that is ready.
 *
 * @param kind {@code dev}, {@code memory} or the address
 * @param address how it is reached
 * @param pid its process id if it is our child, else 0
 * @param stop stops it if it is ours
 */
record RunningServer(String kind, ServerAddress address, long pid, Runnable stop)
    implements AutoCloseable {

  boolean memory() {
    return kind.equals("memory");
  }

  /** Where its Web UI is, as far as that is known. */
  String webUi() {
    if (!address.ui().isEmpty()) {
      return address.ui();
    }
    return memory() ? "none on the in-memory server" : "that of the server you named";
  }

  /** Whether it was started for this process and stops with it. */
  boolean ours() {
    return pid != 0 || memory();
  }

  /** Completes when the process ends; never if it is not our child. */
  CompletableFuture<?> ended() {
    return pid == 0
        ? new CompletableFuture<>()
        : ProcessHandle.of(pid)
            .map(ProcessHandle::onExit)
            .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  @Override
  public void close() {
    stop.run();
  }
}
