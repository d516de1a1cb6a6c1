package dev.lockkeeper.activities.training;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Whether a process and its children do anything: they have used processor time, or told something
 * new. One that waits for ever uses next to nothing. Where the system does not tell the processor
 * time, nothing is taken for idle.
 */
final class WorkWatch {

  /** A Java process that does nothing uses some thousandths of a processor for its own needs. */
  private static final int SHARE = 100;

  private final ProcessHandle process;
  private final Duration limit;
  private long since = System.nanoTime();
  private Duration used = Duration.ZERO;
  private String told = "";

  /**
   * @param limit how long it may do nothing
   */
  WorkWatch(ProcessHandle process, Duration limit) {
    this.process = process;
    this.limit = limit;
  }

  Duration limit() {
    return limit;
  }

  /**
   * Looks at the process.
   *
   * @param tells what it tells now; empty for nothing
   * @return whether it has done nothing for longer than it may
   */
  boolean isOver(String tells) {
    Duration now = processorTime();
    boolean unknown = process.info().totalCpuDuration().isEmpty();
    boolean works = unknown || now.minus(used).abs().compareTo(limit.dividedBy(SHARE)) > 0;
    if (works || !tells.equals(told)) {
      since = System.nanoTime();
      used = now;
      told = tells;
    }
    return System.nanoTime() - since > limit.toNanos();
  }

  /** Of those that live; a child that has ended counts no longer, so the sum may fall. */
  private Duration processorTime() {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
