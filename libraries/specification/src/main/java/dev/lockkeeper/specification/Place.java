package dev.lockkeeper.specification;

import java.nio.file.Path;

/**
 * Where something stands.
 *
 * @param file the pipeline file or the data contract
 * @param line its line, from 1
 * @param column the column at which a value of one line begins, from 1; 0 where none is known
 */
public record Place(Path file, int line, int column) {

  /** A line as a whole. */
  public Place(Path file, int line) {
    this(file, line, 0);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
