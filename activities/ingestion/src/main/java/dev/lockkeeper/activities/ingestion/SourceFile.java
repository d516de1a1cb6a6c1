package dev.lockkeeper.activities.ingestion;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a source file must be before a byte of it is read. */
final class SourceFile {

  private SourceFile() {}

  static Path require(SourceSpecification source) {
    Path path = Path.of(source.path());
    if (!Files.exists(path)) {
      throw new StageException(
          FailureType.SOURCE_NOT_FOUND,
          path
              + " does not exist on the machine of the ingestion worker: check source.path or --data");
    }
    if (!Files.isRegularFile(path)) {
      throw new StageException(
          FailureType.SOURCE_NOT_FOUND, path + " is not a regular file: name the data file itself");
    }
    if (!Files.isReadable(path)) {
      throw new StageException(
          FailureType.SOURCE_NOT_FOUND,
          path + " may not be read by the ingestion worker: check its owner and mode");
    }
    try {
      if (Files.size(path) == 0) {
        throw new StageException(
            FailureType.SOURCE_UNREADABLE,
            path + " is empty (0 bytes): expected data; check source.path or --data");
      }
      return path;
    } catch (IOException e) {
      throw new StageException(
          FailureType.SOURCE_NOT_FOUND, path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
