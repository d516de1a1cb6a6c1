package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.ServerAddress;

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

  @Override
  public void close() {
    stop.run();
  }
}
