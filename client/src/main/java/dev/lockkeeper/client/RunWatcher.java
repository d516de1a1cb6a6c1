package dev.lockkeeper.client;

import dev.lockkeeper.contracts.run.RunStatus;

/** Is told how a run goes on. */
@FunctionalInterface
public interface RunWatcher {

  /** The run as it stands, a few times a second, and once after its end. */
  void status(RunStatus status);

  /** The server or the pipeline's worker does not answer; it is asked again for a minute. */
  default void noAnswer(ClientException problem) {}
}
