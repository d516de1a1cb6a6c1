package dev.lockkeeper.specification;

import java.util.List;

/** A pipeline file or its contract is wrong. */
public final class PipelineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public PipelineException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem in one line, with file and line. */
  public List<String> problems() {
    return problems;
  }
}
