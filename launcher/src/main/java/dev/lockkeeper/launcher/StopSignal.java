package dev.lockkeeper.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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
    await(new CompletableFuture<>());
  }

  /**
   * Waits for it, or until something has ended that is needed; answers whether it was the signal.
   */
  static boolean await(CompletableFuture<?> needed) throws InterruptedException {
    CountDownLatch signal = new CountDownLatch(1);
    AtomicBoolean asked = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.set(true);
                  signal.countDown();
                  try {
                    STOPPED.await(GRACE_SECONDS, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "stop"));
    needed.thenRun(signal::countDown);
    signal.await();
    return asked.get();
  }

  /** Everything is closed: the process may end. */
  static void finished() {
    STOPPED.countDown();
  }
}
