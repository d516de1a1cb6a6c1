package dev.lockkeeper.starter;

import org.jspecify.annotations.Nullable;

/** Ends a command with an exit code and a message that says what, where and what to do. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public CommandException(ExitCode exitCode, @Nullable String message) {
    this(exitCode, message, null);
  }

  public CommandException(ExitCode exitCode, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
