package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.StateFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** A file or folder that cannot be used, in one line for people. */
final class FileProblem {

  private FileProblem() {}

  static String text(FileSystemException problem, StateFolder state) {
    String file = Objects.requireNonNullElse(problem.getFile(), "a file");
    Path path = Path.of(file).toAbsolutePath().normalize();
    boolean ofState = path.startsWith(state.path()) || state.path().startsWith(path);
    if (isFull(problem)) {
      return file + " cannot be written: " + full(problem, state);
    }
    return file
        + " cannot be used ("
        + reason(problem)
        + "): "
        + (ofState
            ? "the state folder "
                + state.path()
                + " must be writable by this user; check its owner and mode, or name another one with --state"
            : "check the path, its owner and its mode");
  }

  /** Whether a disk takes no more; Java names the file only where it copies one. */
  static boolean isFull(IOException problem) {
    return String.valueOf(problem.getMessage()).contains("No space left");
  }

  static String full(IOException problem, StateFolder state) {
    String reason = problem instanceof FileSystemException file ? file.getReason() : null;
    return Objects.requireNonNullElse(reason, problem.getMessage())
        + ": make space where the state folder "
        + state.path()
        + " is, or name another one with --state";
  }

  private static String reason(FileSystemException problem) {
    if (problem instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (problem instanceof AccessDeniedException) {
      return "no permission";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "there is something of another kind";
    }
    return Objects.requireNonNullElse(problem.getReason(), problem.getClass().getSimpleName());
  }
}
