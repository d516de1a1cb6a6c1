package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.run.Verdict;
import org.jspecify.annotations.Nullable;

/** The process's exit codes, as {@code docs/cli.md} lists them. */
public enum ExitCode {
  /** It worked; a followed run was promoted, or has not ended yet. */
  OK(0),
  /** A run failed, or something unexpected broke. */
  FAILED(1),
  /** The command line, the pipeline file, a data file or a folder is wrong, or may not be used. */
  USAGE(2),
  /** A gate or a person refused the model. */
  REJECTED(3),
  /** The model was rolled back from its canary. */
  ROLLED_BACK(4),
  /** The Temporal server, or the worker that would answer, is not there or does not answer. */
  UNREACHABLE(5),
  /** There is no such run, package, endpoint, earlier release or executable. */
  NOT_FOUND(6),
  /**
   * The run exists already or is not in the state that the command needs; a port or the state
   * folder is in use.
   */
  CONFLICT(7),
  /** The run was cancelled. */
  CANCELLED(8),
  /** A signature, statement or digest does not verify, or a decision does not count. */
  REFUSED(9);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The exit code of a run that ended so. */
  public static ExitCode of(@Nullable Verdict verdict) {
    if (verdict == null) {
      return OK;
    }
    return switch (verdict) {
      case PROMOTED -> OK;
      case REJECTED -> REJECTED;
      case ROLLED_BACK -> ROLLED_BACK;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
    };
  }
}
