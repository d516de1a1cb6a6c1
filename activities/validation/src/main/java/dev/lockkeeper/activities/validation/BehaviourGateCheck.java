package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.GateResult;
import java.util.List;

/** The pipeline's behavioural checks as gates. */
public final class BehaviourGateCheck implements GateCheck {

  @Override
  public String name() {
    return "behaviour";
  }

  @Override
  public List<GateResult> judge(HoldoutEvaluation evaluation) {
    return evaluation.behaviour().stream().map(BehaviourRunner::gate).toList();
  }
}
