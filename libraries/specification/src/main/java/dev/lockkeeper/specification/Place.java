package dev.lockkeeper.specification;

import java.nio.file.Path;

/**
 * Where something stands.
 *
 * @param file the pipeline file or the data contract
 * @param line its line, from 1
 */
public record Place(Path file, int line) {

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
