package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import java.util.List;

/** Checks the expressions of a pipeline against its contract; given by whoever may use features. */
@FunctionalInterface
public interface ExpressionCheck {

  /** What is wrong, one line each, with the expression's name and place; empty if nothing is. */
  List<String> problems(PipelineSpecification specification);
}
