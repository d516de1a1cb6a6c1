package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import java.util.List;

/** Checks the expressions of a pipeline against its contract; given by whoever may use features. */
@FunctionalInterface
public interface ExpressionCheck {

  /**
   * What is wrong with an expression.
   *
   * @param expression the name of its feature or label, {@code filter} for the row filter; empty if
   *     it is about none in particular
   * @param message one line that names the expression and the place in it
   */
  record Finding(String expression, String message) {}

  /** Everything that is wrong; empty if nothing is. */
  List<Finding> findings(PipelineSpecification specification);
}
