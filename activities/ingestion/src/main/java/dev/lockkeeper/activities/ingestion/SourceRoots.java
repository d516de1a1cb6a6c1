package dev.lockkeeper.activities.ingestion;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.stage.StageSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files an ingestion worker reads. The path comes with the run, and whoever reaches Temporal
 * can start one, so a path is a request. What the state folder contains is never a source, but for
 * the data of a demo.
 *
 * @param roots folders of sources; empty for every file that the worker's user may read
 * @param state the state folder; null if it is not known
 */
record SourceRoots(List<Path> roots, @Nullable Path state) {

  /** Folders that are separated as those of a class path. */
  static final String SETTING = "LOCKKEEPER_SOURCE_ROOTS";

  private static final Logger LOG = LoggerFactory.getLogger(SourceRoots.class);
  private static final String DEMO = "demo";

  static SourceRoots of(Map<String, String> settings) {
    List<Path> roots =
        Arrays.stream(settings.getOrDefault(SETTING, "").split(File.pathSeparator, -1))
            .filter(root -> !root.isBlank())
            .map(root -> absolute(Path.of(root.strip())))
            .toList();
    if (roots.isEmpty()) {
      LOG.warn(
          "this worker ingests any file that its user may read: name the folders with sources in {}",
          SETTING);
    }
    String state = settings.get(StageSettings.STATE);
    return new SourceRoots(roots, state == null ? null : absolute(Path.of(state)));
  }

  /**
   * The file of a source, by its real path.
   *
   * @throws StageException {@code SOURCE_REFUSED} if it is not one of this worker's, whether it
   *     exists or not; else as {@link SourceFile#require}
   */
  Path require(SourceSpecification source) {
    requireOffered(absolute(Path.of(source.path())), source);
    Path file = SourceFile.require(source);
    Path real = real(file);
    requireOffered(real, source);
    return real;
  }

  private void requireOffered(Path file, SourceSpecification source) {
    boolean offered =
        roots.isEmpty() || roots.stream().flatMap(SourceRoots::names).anyMatch(file::startsWith);
    if (!offered) {
      throw refused(source, "outside of the folders " + roots + " that " + SETTING + " names");
    }
    if (state != null && names(state).anyMatch(folder -> isPrivate(folder, file))) {
      throw refused(source, "inside the state folder, which has keys, evidence and models");
    }
  }

  private static boolean isPrivate(Path folder, Path file) {
    return file.startsWith(folder)
        && !(file.getNameCount() > folder.getNameCount()
            && file.getName(folder.getNameCount()).toString().equals(DEMO));
  }

  private static StageException refused(SourceSpecification source, String why) {
    return new StageException(
        FailureType.SOURCE_REFUSED,
        source.path() + " is not a source of this ingestion worker: it is " + why);
  }

  /** A folder as it is named, and where it is. */
  private static Stream<Path> names(Path folder) {
    return Stream.of(folder, real(folder)).distinct();
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException absent) {
      return absolute(path);
    }
  }
}
