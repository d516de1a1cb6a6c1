package dev.lockkeeper.launcher;

import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.starter.ExpressionCheck;
import java.util.List;

/** Checks expressions by compiling them. */
final class CompiledExpressions implements ExpressionCheck {

  @Override
  public List<Finding> findings(PipelineSpecification specification) {
    return FeatureCompiler.problems(specification.features(), specification.contract().columns())
        .stream()
        .map(problem -> new Finding(problem.expression(), String.valueOf(problem.getMessage())))
        .toList();
  }
}
