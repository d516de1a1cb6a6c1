package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.TemporalExecutable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gets the {@code temporal} executable for tests: the product's own order, then {@code go install}
 * into the product's own cache, so that a later demo finds it too.
 */
final class TestExecutable {

  private TestExecutable() {}

  /** What is missing for tests on the real dev server; got once if it can be got. */
  static synchronized Optional<String> missing() {
    try {
      return find().isPresent()
          ? Optional.empty()
          : Optional.of(
              "no 'temporal' executable can be had here: " + TemporalExecutable.howToGet());
    } catch (IOException e) {
      throw new UncheckedIOException("looking for the 'temporal' executable", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while getting the executable", e);
    }
  }

  /** The executable, for classes that {@link Needs} it. */
  static synchronized Path require() throws IOException, InterruptedException {
    return find().orElseThrow();
  }

  private static Optional<Path> find() throws IOException, InterruptedException {
    Optional<Path> found = TemporalExecutable.find(null);
    if (found.isEmpty()) {
      found = downloaded();
    }
    return found.isEmpty() ? installed() : found;
  }

  private static Optional<Path> downloaded() throws IOException, InterruptedException {
    ExecutableDownload download = ExecutableDownload.ofThisMachine();
    if (download.failedRecently()) {
      return Optional.empty();
    }
    try {
      return Optional.of(download.get());
    } catch (IOException e) {
      System.err.println("no download of the Temporal dev server: " + e);
      return Optional.empty();
    }
  }

  private static Optional<Path> installed() throws IOException, InterruptedException {
    Files.createDirectories(TemporalExecutable.cacheFolder());
    ProcessBuilder go =
        new ProcessBuilder(
                "go",
                "install",
                "github.com/temporalio/cli/cmd/temporal@v" + TemporalExecutable.VERSION)
            .inheritIO();
    go.environment().put("GOBIN", TemporalExecutable.cacheFolder().toString());
    try {
      System.err.println("building the Temporal dev server once (some minutes) …");
      int status = go.start().waitFor();
      return status == 0 ? Optional.of(TemporalExecutable.cached()) : Optional.empty();
    } catch (IOException e) {
      System.err.println("no Go on PATH: " + e.getMessage());
      return Optional.empty();
    }
  }
}
