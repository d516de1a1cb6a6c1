package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.formats.run.RunId;
import java.time.Duration;
import java.util.function.Predicate;

/** Follows a run and shows its progress. */
public final class RunFollower {

  private static final Duration TICK = Duration.ofMillis(300);

  /** A server or a worker that restarts is back within this time. */
  private static final int PATIENCE = 200;

  private final Runs runs;
  private final RunId run;
  private final Progress progress;

  public RunFollower(Runs runs, RunId run, Console console) {
    this.runs = runs;
    this.run = run;
    this.progress = new Progress(console);
  }

  /** Follows until the run has ended. */
  public RunStatus untilEnd() throws InterruptedException {
    return until(status -> status.verdict() != null);
  }

  /** Follows until something holds of the run, or it has ended. */
  public RunStatus until(Predicate<RunStatus> condition) throws InterruptedException {
    while (true) {
      RunStatus status = patiently();
      progress.show(status);
      if (status.verdict() != null || condition.test(status)) {
        return status;
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  private RunStatus patiently() throws InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        return runs.status(run);
      } catch (CommandException e) {
        if (e.exitCode() != ExitCode.UNREACHABLE || failures >= PATIENCE) {
          throw e;
        }
        if (failures == 0) {
          progress.note("no answer, trying again: " + e.getMessage());
        }
        Thread.sleep(TICK.toMillis());
      }
    }
  }
}
