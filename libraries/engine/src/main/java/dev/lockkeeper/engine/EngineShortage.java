package dev.lockkeeper.engine;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;

/** Tells a machine that is full from data or a query that is wrong. DuckDB gives no codes. */
final class EngineShortage {

  private static final String OUT_OF_MEMORY = "Out of Memory Error";
  private static final String INPUT_OUTPUT = "IO Error";

  /** What an {@code IO Error} says when the folder for temporary files is at fault. */
  private static final List<String> FOLDER =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Read-only file system",
          "Failed to create directory",
          "Could not write");

  private EngineShortage() {}

  static SQLException classified(SQLException e) {
    String message = String.valueOf(e.getMessage());
    boolean folder =
        message.startsWith(INPUT_OUTPUT) && FOLDER.stream().anyMatch(message::contains);
    if (e instanceof SQLTransientException || !(folder || message.startsWith(OUT_OF_MEMORY))) {
      return e;
    }
    return new SQLTransientException(message.lines().findFirst().orElse(message), e);
  }
}
