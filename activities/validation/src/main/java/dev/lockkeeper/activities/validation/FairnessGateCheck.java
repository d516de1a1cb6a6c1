package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.GateResult;
import java.util.List;

/** The pipeline's fairness gate. */
public final class FairnessGateCheck implements GateCheck {

  @Override
  public String name() {
    return "fairness";
  }

  @Override
  public List<GateResult> judge(HoldoutEvaluation evaluation) {
    FairnessGate asked = evaluation.specification().fairness();
    GroupFairness measured = evaluation.fairness();
    return asked == null || measured == null
        ? List.of()
        : List.of(FairnessJudgement.judge(asked, measured));
  }
}
