package dev.lockkeeper.formats.violation;

import java.nio.file.Path;

/** Violates the rule on formats. */
public final class OpensAPath {
  public final Path path = Path.of("file");
}
