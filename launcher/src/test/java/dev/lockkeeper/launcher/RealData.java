package dev.lockkeeper.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The real data sets that stand beside the project and are not part of it. */
final class RealData {

  private RealData() {}

  static Optional<String> missing() {
    return find().isPresent()
        ? Optional.empty()
        : Optional.of("needs ../shared/data beside the project");
  }

  static Path file(String name) {
    return find().orElseThrow().resolve(name);
  }

  private static Optional<Path> find() {
    String given = System.getenv("LOCKKEEPER_SHARED");
    for (Path at = Path.of("").toAbsolutePath(); given == null && at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/data"))) {
        return Optional.of(at.resolve("shared/data"));
      }
    }
    return Optional.ofNullable(given)
        .map(shared -> Path.of(shared).resolve("data"))
        .filter(Files::isDirectory);
  }
}
