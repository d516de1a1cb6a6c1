package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.formats.run.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A run's progress: a table redrawn on a terminal, a line for each change when piped. */
final class Progress {

  /** A line wider than the terminal would wrap, and the next frame would start a row too low. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";

  private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Console console;
  private final Map<Stage, Long> lastLine = new EnumMap<>(Stage.class);
  private final Map<Stage, String> message = new EnumMap<>(Stage.class);
  private final List<String> shown = new ArrayList<>();

  Progress(Console console) {
    this.console = console;
  }

  void show(RunStatus status) {
    if (console.terminal()) {
      redraw(status);
    } else {
      lines(status);
    }
  }

  /** Says something in between; on a terminal the next table begins below it. */
  void note(String text) {
    console.note(text);
    if (console.terminal()) {
      shown.clear();
    }
  }

  private void redraw(RunStatus status) {
    StringBuilder frame = new StringBuilder();
    if (!shown.isEmpty()) {
      frame.append("\u001b[").append(shown.size()).append('A');
    }
    shown.clear();
    shown.addAll(RunTable.stages(status, true));
    frame.append(NO_WRAP);
    shown.forEach(line -> frame.append("\u001b[2K").append(line).append('\n'));
    console.err().print(frame.append(WRAP));
    console.err().flush();
  }

  private void lines(RunStatus status) {
    for (StageStatus stage : status.stages()) {
      String key = stage.stage() + " " + stage.state() + " " + stage.message();
      if (stage.state() != StageState.PENDING && !shown.contains(key) && !soon(stage)) {
        shown.add(key);
        lastLine.put(stage.stage(), System.nanoTime());
        console.note(RunTable.line(stage, false).strip());
      }
    }
  }

  /** A stage may tell how far it is twice a second, behind a colon: a line for each is a flood. */
  private boolean soon(StageStatus stage) {
    String before = message.put(stage.stage(), stage.message().split(": ", 2)[0]);
    Long last = lastLine.get(stage.stage());
    return before != null
        && stage.message().startsWith(before + ": ")
        && last != null
        && System.nanoTime() - last < LINE_NANOS;
  }
}
