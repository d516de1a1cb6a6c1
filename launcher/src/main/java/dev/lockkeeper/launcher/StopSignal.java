package dev.lockkeeper.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C, or a request to terminate. */
final class StopSignal {

  /** What runs has so long to stop gracefully before the process ends anyway. */
  private static final long GRACE_SECONDS = 20;

  private static final CountDownLatch STOPPED = new CountDownLatch(1);

  private StopSignal() {}

  /**
   * Waits for it. The process then stays until the caller's thread has closed what it opened and
   * called {@link #finished}.
   */
  static void await() throws InterruptedException {
    CountDownLatch signal = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  signal.countDown();
                  try {
                    STOPPED.await(GRACE_SECONDS, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "stop"));
    signal.await();
  }

  /** Everything is closed: the process may end. */
  static void finished() {
    STOPPED.countDown();
  }
}
