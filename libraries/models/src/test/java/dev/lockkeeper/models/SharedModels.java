package dev.lockkeeper.models;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder with data and vectors that stands beside the project. */
public final class SharedModels {

  private SharedModels() {}

  /** A folder of it; without it the test is skipped by name. */
  public static Path find(String folder) {
    String given = System.getenv("LOCKKEEPER_SHARED");
    Path shared = given == null ? null : Path.of(given);
    for (Path at = Path.of("").toAbsolutePath();
        shared == null && at != null;
        at = at.getParent()) {
      Path beside = at.resolveSibling("shared");
      shared =
          at.getFileName() != null && Files.isDirectory(beside.resolve("vectors")) ? beside : null;
    }
    assumeTrue(shared != null, "needs ../shared beside the project");
    return shared.resolve(folder);
  }
}
