package dev.lockkeeper.launcher;

import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.features.ExpressionException;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.starter.ExpressionCheck;
import java.util.List;

/** Checks expressions by compiling them. */
final class CompiledExpressions implements ExpressionCheck {

  @Override
  public List<String> problems(PipelineSpecification specification) {
    try {
      FeatureCompiler.compile(specification.features(), specification.contract().columns());
      return List.of();
    } catch (ExpressionException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
