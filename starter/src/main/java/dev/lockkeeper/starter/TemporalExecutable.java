package dev.lockkeeper.starter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the {@code temporal} executable, the real server, is. */
public final class TemporalExecutable {

  public static final String VERSION = "1.5.1";

  private TemporalExecutable() {}

  /** The cache that CI, tests and the product share. */
  public static Path cacheFolder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path root =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return root.resolve("lockkeeper").resolve("temporal-" + VERSION);
  }

  public static Path cached() {
    return cacheFolder().resolve("temporal");
  }

  /** The one given, else on PATH, else cached. */
  public static Optional<Path> find(@Nullable Path given) {
    if (given != null) {
      return Optional.of(given);
    }
    String path = System.getenv("PATH");
    for (String folder : (path == null ? "" : path).split(":")) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, "temporal");
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate.toAbsolutePath());
      }
    }
    return Files.isExecutable(cached()) ? Optional.of(cached()) : Optional.empty();
  }

  /** How a person gets it. */
  public static String howToGet() {
    return "GOBIN="
        + cacheFolder()
        + " go install github.com/temporalio/cli/cmd/temporal@v"
        + VERSION;
  }
}
