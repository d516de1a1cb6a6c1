package dev.lockkeeper.starter;

import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import java.util.List;

/**
 * Checks of a pipeline that need the feature language or the trainers; given by whoever may use
 * them.
 */
@FunctionalInterface
public interface SpecificationCheck {

  /**
   * What is wrong.
   *
   * @param place the name of a feature or the label, {@code filter} for the row filter, {@code
   *     contract.columns.NAME} or {@code contract.rules.NAME} of the data contract, or the path of
   *     a key such as {@code training.trainer}; empty if it is about none in particular
   * @param message one line that names what is wrong and what to do
   */
  record Finding(String place, String message) {}

  /**
   * What trying a pipeline on its data showed.
   *
   * @param problems what ends a run on this data, one line each
   * @param warnings what looks wrong, one line each
   */
  record Trial(List<String> problems, List<String> warnings) {

    public Trial {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
    }
  }

  /** Everything that is wrong; empty if nothing is. */
  List<Finding> findings(PipelineSpecification specification);

  /**
   * Tries a pipeline on a sample of its data: contract, expressions and label. Without an engine
   * nothing is tried.
   *
   * @param specification without findings, whose data file is there
   */
  default Trial trial(PipelineSpecification specification) {
    return new Trial(List.of(), List.of());
  }
}
