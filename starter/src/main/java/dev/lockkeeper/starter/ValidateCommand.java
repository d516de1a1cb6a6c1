package dev.lockkeeper.starter;

import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.specification.Remarks;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Checks a pipeline file. */
@Command(
    name = "validate",
    description = "Checks a pipeline file, its contract and its expressions; starts nothing.",
    footer = {"", "Example:", "  ./lockkeeper validate examples/chicago-taxi/pipeline.yaml"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ValidateCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Parameters(paramLabel = "PIPELINE.yaml", description = "The pipeline (docs/pipelines.md).")
  private Path pipeline;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Also try contract, expressions and label on this data file.")
  private @Nullable Path data;

  @Override
  public Integer call() {
    PipelineSpecification specification =
        CheckedPipeline.read(pipeline, data, top.check(), data != null);
    if (data != null) {
      tryOn(specification);
    }
    if (top.json()) {
      top.console().answerJson(specification);
    } else {
      top.console()
          .answer(
              pipeline
                  + " is valid: model "
                  + specification.name()
                  + ", endpoint "
                  + specification.endpoint()
                  + ", "
                  + Counted.of(specification.contract().columns().size(), "column")
                  + ", "
                  + Counted.of(specification.features().features().size(), "feature")
                  + ", trainer "
                  + specification.training().trainer());
      Remarks.of(specification).forEach(remark -> top.console().note("note: " + remark));
    }
    return ExitCode.OK.code();
  }

  private void tryOn(PipelineSpecification specification) {
    SpecificationCheck.Trial trial = top.check().trial(specification);
    trial.warnings().forEach(warning -> top.console().note("warning: " + warning));
    if (!trial.problems().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, data + ": " + String.join("\n       ", trial.problems()));
    }
  }
}
