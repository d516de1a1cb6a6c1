package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.run.RunId;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Shows a run's progress: a table redrawn on a terminal, a line for each change when piped. */
public final class RunFollower {

  private static final Duration TICK = Duration.ofMillis(300);
  private static final int REDRAWN_WIDTH = 110;

  /** A server or a worker that restarts is back within this time. */
  private static final int PATIENCE = 200;

  private final Runs runs;
  private final RunId run;
  private final Console console;
  private final List<String> shown = new ArrayList<>();

  public RunFollower(Runs runs, RunId run, Console console) {
    this.runs = runs;
    this.run = run;
    this.console = console;
  }

  /** Follows until the run has ended. */
  public RunStatus untilEnd() throws InterruptedException {
    return until(status -> status.verdict() != null);
  }

  /** Follows until something holds of the run, or it has ended. */
  public RunStatus until(Predicate<RunStatus> condition) throws InterruptedException {
    while (true) {
      RunStatus status = patiently();
      show(status);
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
          console.note("no answer, trying again: " + e.getMessage());
        }
        Thread.sleep(TICK.toMillis());
      }
    }
  }

  private void show(RunStatus status) {
    if (console.terminal()) {
      redraw(status);
    } else {
      lines(status);
    }
  }

  private void redraw(RunStatus status) {
    StringBuilder frame = new StringBuilder();
    if (!shown.isEmpty()) {
      frame.append("\u001b[").append(shown.size()).append('A');
    }
    shown.clear();
    shown.addAll(RunTable.stages(status, true, REDRAWN_WIDTH));
    shown.forEach(line -> frame.append("\u001b[2K").append(line).append('\n'));
    console.err().print(frame);
    console.err().flush();
  }

  private void lines(RunStatus status) {
    for (StageStatus stage : status.stages()) {
      String key = stage.stage() + " " + stage.state() + " " + stage.message();
      if (stage.state() != StageState.PENDING && !shown.contains(key)) {
        shown.add(key);
        console.note(RunTable.line(stage, false, Integer.MAX_VALUE).strip());
      }
    }
  }
}
