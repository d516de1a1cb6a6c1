package dev.lockkeeper.starter;

import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.specification.PipelineException;
import dev.lockkeeper.specification.PipelineFile;
import dev.lockkeeper.specification.ReadPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pipeline file that was read and whose expressions and source were checked. */
final class CheckedPipeline {

  private CheckedPipeline() {}

  /**
   * Reads and checks.
   *
   * @param data replaces the source that the file names; null keeps it
   * @param needSource whether the source file must be there
   * @throws CommandException with every problem, one line each
   */
  static PipelineSpecification read(
      Path file, @Nullable Path data, SpecificationCheck check, boolean needSource) {
    if (!Files.isRegularFile(file)) {
      throw new CommandException(
          ExitCode.USAGE,
          file
              + (Files.isDirectory(file)
                  ? ": is a folder"
                  : Files.exists(file) ? ": is not a regular file" : ": no such file")
              + "; expected a pipeline in YAML (docs/pipelines.md)");
    }
    ReadPipeline read;
    try {
      read = PipelineFile.read(file, data);
    } catch (PipelineException e) {
      throw new CommandException(ExitCode.USAGE, String.join("\n       ", e.problems()), e);
    }
    PipelineSpecification specification = read.specification();
    List<String> problems = new ArrayList<>();
    for (SpecificationCheck.Finding finding : check.findings(specification)) {
      problems.add(read.problem(finding.place(), finding.message()));
    }
    if (needSource) {
      String obstacle = obstacle(Path.of(specification.source().path()));
      if (obstacle != null) {
        problems.add(specification.source().path() + ": " + obstacle);
      }
    }
    if (!problems.isEmpty()) {
      throw new CommandException(ExitCode.USAGE, String.join("\n       ", problems));
    }
    return specification;
  }

  /** Why a data file cannot be taken in, as far as that shows before a run is started. */
  private static @Nullable String obstacle(Path source) {
    if (Files.notExists(source)) {
      return "no such file; --data FILE names another data file";
    }
    if (!Files.exists(source)) {
      return "is in a folder that this user may not enter; --data FILE names another data file";
    }
    if (Files.isDirectory(source)) {
      return "is a folder; expected the data file itself, --data FILE names it";
    }
    if (!Files.isRegularFile(source)) {
      return "is not a regular file, and another process takes it in: write it to a file first, --data"
          + " FILE names it";
    }
    if (!Files.isReadable(source)) {
      return "may not be read by this user; change its mode, or name another one with --data FILE";
    }
    try {
      return Files.size(source) == 0
          ? "is empty (0 bytes); expected data, --data FILE names another data file"
          : null;
    } catch (IOException e) {
      return "cannot be read (" + e.getMessage() + "); --data FILE names another data file";
    }
  }
}
