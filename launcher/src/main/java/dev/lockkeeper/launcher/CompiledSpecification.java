package dev.lockkeeper.launcher;

import dev.lockkeeper.activities.training.Trainer;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.formats.validation.BehaviourCheck;
import dev.lockkeeper.starter.SpecificationCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Checks expressions by compiling them, rows by reading them, parameters by asking the trainer. */
final class CompiledSpecification implements SpecificationCheck {

  @Override
  public List<Finding> findings(PipelineSpecification specification) {
    List<Finding> findings = new ArrayList<>();
    FeatureCompiler.problems(specification.features(), specification.contract().columns())
        .forEach(p -> findings.add(new Finding(p.expression(), String.valueOf(p.getMessage()))));
    if (findings.isEmpty()) {
      FeatureProgram program =
          FeatureCompiler.compile(specification.features(), specification.contract().columns());
      for (BehaviourCheck check : specification.validation().behaviour()) {
        values(check).forEach((column, value) -> read(program, check, column, value, findings));
      }
    }
    training(specification.training(), findings);
    return findings;
  }

  @Override
  public Trial trial(PipelineSpecification specification) {
    return DataTrial.of(specification);
  }

  private static Map<String, String> values(BehaviourCheck check) {
    if (check instanceof BehaviourCheck.KnownCase known) {
      return known.row();
    }
    return check instanceof BehaviourCheck.Invariance invariance ? invariance.set() : Map.of();
  }

  private static void read(
      FeatureProgram program,
      BehaviourCheck check,
      String column,
      String value,
      List<Finding> findings) {
    List<InputColumn> inputs = program.inputColumns();
    RowBuffer row = program.newRow();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).name().equals(column)) {
        try {
          row.set(i, value);
        } catch (IllegalArgumentException e) {
          findings.add(
              new Finding(
                  "validation.behaviour",
                  "validation.behaviour: '" + check.name() + "': " + e.getMessage()));
        }
      }
    }
  }

  private static void training(TrainingSpecification training, List<Finding> findings) {
    List<String> names = new ArrayList<>();
    for (Trainer trainer : ServiceLoader.load(Trainer.class)) {
      names.add(trainer.name());
      if (trainer.name().equals(training.trainer())) {
        try {
          trainer.resolve(training.parameters());
        } catch (IllegalArgumentException e) {
          findings.add(
              new Finding("training.parameters", "training.parameters: " + e.getMessage()));
        }
        return;
      }
    }
    findings.add(
        new Finding(
            "training.trainer",
            "training.trainer: there is no trainer '"
                + training.trainer()
                + "': there are "
                + String.join(", ", names)));
  }
}
