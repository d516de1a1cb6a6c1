package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the data folder that is beside the project. */
final class SharedData {

  private SharedData() {}

  /** The folder; the test is skipped where it is not there. */
  static Path folder() {
    String override = System.getenv("LOCKKEEPER_SHARED");
    Path found = override == null ? beside(Path.of("").toAbsolutePath()) : Path.of(override);
    assumeTrue(Files.isDirectory(found), "needs ../shared beside the project: " + found);
    return found;
  }

  private static Path beside(Path from) {
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      Path shared = folder.resolve("shared");
      if (Files.isDirectory(shared.resolve("vectors"))) {
        return shared;
      }
    }
    return from.resolve("shared");
  }
}
