package dev.lockkeeper.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.formats.run.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final String UP = "\u001b[" + Stage.values().length + "A";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void terminal_drawsEachFrameOverTheOneBefore() {
    Progress progress = progress(true);

    progress.show(run("reading"));
    String first = said();
    progress.show(run("read"));
    String second = said();

    assertFalse(first.contains(UP), first);
    assertTrue(second.startsWith(UP), second);
    assertTrue(second.contains("read\n"), second);
  }

  @Test
  void lineWiderThanTheTerminal_doesNotWrap() {
    progress(true).show(run("x".repeat(500)));

    String frame = said();
    assertTrue(frame.startsWith("\u001b[?7l") && frame.endsWith("\u001b[?7h"), frame);
    assertEquals(Stage.values().length, frame.lines().filter(l -> l.contains("[2K")).count());
  }

  @Test
  void messageOfSeveralLines_staysOneLine() {
    progress(true).show(run("one\n  two"));

    assertTrue(said().contains("one; two\n"));
  }

  @Test
  void frameAfterANote_beginsBelowIt() {
    Progress progress = progress(true);
    progress.show(run("reading"));
    progress.note("no answer");
    said();

    progress.show(run("reading"));

    assertFalse(said().contains(UP));
  }

  @Test
  void pipe_isNotFloodedByAStageThatTellsHowFarItIs() {
    Progress progress = progress(false);

    progress.show(run("fitting"));
    for (int round = 1; round <= 100; round++) {
      progress.show(run("fitting: round " + round + " of 100"));
    }
    progress.show(run("fitted"));

    List<String> lines = said().lines().map(l -> l.replaceAll(" +", " ")).toList();
    assertEquals(
        List.of("ingestion running 1.0 s fitting", "ingestion running 1.0 s fitted"), lines);
  }

  @Test
  void pipe_getsOneLineForEachChange() {
    Progress progress = progress(false);

    progress.show(run("reading"));
    progress.show(run("reading"));
    progress.note("no answer");
    progress.show(run("read"));

    List<String> lines = said().lines().map(l -> l.replaceAll(" +", " ")).toList();
    assertEquals(
        List.of("ingestion running 1.0 s reading", "no answer", "ingestion running 1.0 s read"),
        lines);
  }

  private Progress progress(boolean terminal) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Progress(new Console(stream, stream, terminal));
  }

  private String said() {
    String text = err.toString(StandardCharsets.UTF_8);
    err.reset();
    return text;
  }

  private static RunStatus run(String message) {
    List<StageStatus> stages = new ArrayList<>();
    stages.add(new StageStatus(Stage.INGESTION, StageState.RUNNING, 1, 1, null, message, null));
    Arrays.stream(Stage.values()).skip(1).map(StageStatus::pending).forEach(stages::add);
    return new RunStatus(
        "taxi@1", "taxi", "1", "taxi", null, "", "", stages, List.of(), List.of(), null);
  }
}
