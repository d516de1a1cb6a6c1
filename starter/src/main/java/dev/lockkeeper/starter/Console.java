package dev.lockkeeper.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockkeeper.formats.Json;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: results on standard output, progress and notes on standard error.
 *
 * @param out results
 * @param err progress, notes and errors
 * @param terminal whether progress goes to a terminal whose lines may be redrawn
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

  /** The process's own; the launcher script tells whether standard error is a terminal. */
  public static Console system() {
    boolean plain = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
    PrintStream out =
        new PrintStream(
            new PipedOutput(new FileOutputStream(FileDescriptor.out)),
            false,
            StandardCharsets.UTF_8);
    return new Console(out, System.err, Boolean.getBoolean("lockkeeper.terminal") && !plain);
  }

  public void answer(String line) {
    out.println(line);
    out.flush();
  }

  /** An answer as indented JSON. */
  public void answerJson(Object value) {
    try {
      answer(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new CommandException(
          ExitCode.FAILED, "the answer cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  public void note(String line) {
    err.println(line);
    err.flush();
  }
}
