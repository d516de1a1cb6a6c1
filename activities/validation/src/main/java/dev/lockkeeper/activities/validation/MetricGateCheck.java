package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.GateResult;
import java.util.List;

/** The pipeline's gates on metrics. */
public final class MetricGateCheck implements GateCheck {

  @Override
  public String name() {
    return "metrics";
  }

  @Override
  public List<GateResult> judge(HoldoutEvaluation evaluation) {
    return new MetricGates(
            LabelledUnits.of(evaluation.labels(), evaluation.measured().table().units()),
            evaluation.specification().confidence(),
            evaluation.measured().comparison())
        .judge(evaluation.specification().metrics(), evaluation.estimates());
  }
}
