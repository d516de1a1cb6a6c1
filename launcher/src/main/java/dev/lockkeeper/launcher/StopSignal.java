package dev.lockkeeper.launcher;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Ctrl-C, or a request to terminate. */
final class StopSignal {

  /** What runs has so long to stop gracefully before the process ends anyway. */
  private static final long GRACE_SECONDS = 20;

  private static final long DEATH_SECONDS = 10;

  /** What Java ends with by itself after a signal. */
  private static final int AS_THE_SIGNAL_SAYS = -1;

  private static final AtomicBoolean LISTENING = new AtomicBoolean();
  private static final AtomicBoolean ASKED = new AtomicBoolean();
  private static final AtomicBoolean AWAITED = new AtomicBoolean();
  private static final CountDownLatch SIGNAL = new CountDownLatch(1);
  private static final CountDownLatch STOPPED = new CountDownLatch(1);
  private static final AtomicInteger EXIT_CODE = new AtomicInteger(AS_THE_SIGNAL_SAYS);

  private StopSignal() {}

  /** From now on no process that this one starts outlives it, whenever it is asked to end. */
  static void listen() {
    if (LISTENING.compareAndSet(false, true)) {
      Runtime.getRuntime().addShutdownHook(new Thread(StopSignal::stop, "stop"));
    }
  }

  /**
   * Waits for it. The process then stays until the caller's thread has closed what it opened and
   * called {@link #finished}.
   */
  static void await() throws InterruptedException {
    await(new CompletableFuture<>());
  }

  /**
   * Waits for it, or until something has ended that is needed; returns whether it was the signal.
   */
  static boolean await(CompletableFuture<?> needed) throws InterruptedException {
    AWAITED.set(true);
    listen();
    var unused = needed.thenRun(SIGNAL::countDown);
    SIGNAL.await();
    return ASKED.get();
  }

  /** Everything is closed: the process may end. */
  static void finished() {
    STOPPED.countDown();
  }

  /** As above, and it ends with this code also if it was asked to: its work is done. */
  static void finished(int exitCode) {
    EXIT_CODE.set(exitCode);
    finished();
  }

  private static void stop() {
    ASKED.set(true);
    SIGNAL.countDown();
    try {
      if (AWAITED.get()) {
        STOPPED.await(GRACE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    children.forEach(ProcessHandle::destroy);
    for (ProcessHandle child : children) {
      child.onExit().completeOnTimeout(child, DEATH_SECONDS, TimeUnit.SECONDS).join();
    }
    TemporaryFolder.close();
    if (EXIT_CODE.get() != AS_THE_SIGNAL_SAYS) {
      Runtime.getRuntime().halt(EXIT_CODE.get());
    }
  }
}
