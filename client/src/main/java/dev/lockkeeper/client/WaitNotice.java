package dev.lockkeeper.client;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Says what a call waits for while it waits, so that nobody waits in silence. */
final class WaitNotice implements AutoCloseable {

  private static final Duration BETWEEN = Duration.ofSeconds(3);

  private final Supplier<String> reason;
  private final Consumer<String> told;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "wait-notice");
            thread.setDaemon(true);
            return thread;
          });
  private String last = "";

  /**
   * @param reason what is waited for
   * @param told is told of it after a few seconds, and whenever it changes
   */
  WaitNotice(Supplier<String> reason, Consumer<String> told) {
    this.reason = reason;
    this.told = told;
    Future<?> unused =
        clock.scheduleWithFixedDelay(
            this::tell, BETWEEN.toMillis(), BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tell() {
    String now = now();
    if (!now.equals(last)) {
      last = now;
      told.accept(now);
    }
  }

  /** What is waited for at this moment. */
  String now() {
    try {
      return reason.get();
    } catch (ClientException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
