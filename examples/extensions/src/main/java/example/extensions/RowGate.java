package example.extensions;

import dev.lockkeeper.activities.validation.GateCheck;
import dev.lockkeeper.activities.validation.HoldoutEvaluation;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import java.util.List;

/** Refuses a model that was measured on too few rows. */
public final class RowGate implements GateCheck {

  private static final int LEAST = 50;

  @Override
  public String name() {
    return "rows";
  }

  @Override
  public List<GateResult> judge(HoldoutEvaluation evaluation) {
    int rows = evaluation.labels().length;
    boolean enough = rows >= LEAST;
    return List.of(
        new GateResult(
            "rows minimum",
            enough ? GateOutcome.PASSED : GateOutcome.REFUSED,
            !enough,
            rows,
            null,
            null,
            LEAST,
            rows + " hold-out rows, at least " + LEAST + " are needed"));
  }
}
