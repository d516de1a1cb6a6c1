package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.starter.pipeline.PipelineException;
import dev.lockkeeper.starter.pipeline.PipelineFile;
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
      Path file, @Nullable Path data, ExpressionCheck expressions, boolean needSource) {
    if (!Files.isRegularFile(file)) {
      throw new CommandException(
          ExitCode.USAGE, file + ": no such file; expected a pipeline in YAML (docs/pipelines.md)");
    }
    PipelineSpecification specification;
    try {
      specification = PipelineFile.read(file, data);
    } catch (PipelineException e) {
      throw new CommandException(ExitCode.USAGE, String.join("\n       ", e.problems()), e);
    }
    List<String> problems = new ArrayList<>();
    expressions.problems(specification).forEach(problem -> problems.add(file + ": " + problem));
    Path source = Path.of(specification.source().path());
    if (needSource && !Files.isReadable(source)) {
      problems.add(
          source + ": no such file, or it may not be read; --data FILE names another data file");
    }
    if (!problems.isEmpty()) {
      throw new CommandException(ExitCode.USAGE, String.join("\n       ", problems));
    }
    return specification;
  }
}
