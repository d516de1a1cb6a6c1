package example.extensions;

import dev.lockkeeper.activities.validation.GateCheck;
import dev.lockkeeper.activities.validation.HoldoutEvaluation;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.testing.stages.GateCheckContract;
import java.util.List;

class RowGateTest extends GateCheckContract {

  @Override
  protected GateCheck check() {
    return new RowGate();
  }

  @Override
  protected HoldoutEvaluation passing() {
    return evaluation(50);
  }

  @Override
  protected HoldoutEvaluation refused() {
    return evaluation(49);
  }

  private static HoldoutEvaluation evaluation(int rows) {
    boolean[] labels = new boolean[rows];
    double[] candidate = new double[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = row % 2 == 0;
      candidate[row] = labels[row] ? 0.8 : 0.2;
    }
    ValidationSpecification asked =
        new ValidationSpecification(0.5, 0.95, 100, 7, List.of(), List.of(), null);
    return HoldoutEvaluation.of(asked, labels, candidate, null);
  }
}
