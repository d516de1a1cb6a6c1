package dev.lockkeeper.testing.stages;

import dev.lockkeeper.activities.validation.GateCheck;
import dev.lockkeeper.activities.validation.HoldoutEvaluation;
import dev.lockkeeper.activities.validation.MetricGateCheck;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.util.List;

class MetricGatesContractTest extends GateCheckContract {

  private static final int ROWS = 400;

  @Override
  protected GateCheck check() {
    return new MetricGateCheck();
  }

  @Override
  protected HoldoutEvaluation passing() {
    return evaluation(0.9);
  }

  @Override
  protected HoldoutEvaluation refused() {
    return evaluation(0.1);
  }

  /** The candidate gives true labels this probability; the stable version gives them 0.85. */
  private static HoldoutEvaluation evaluation(double probability) {
    boolean[] labels = new boolean[ROWS];
    double[] candidate = new double[ROWS];
    double[] stable = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      labels[row] = row % 2 == 0;
      candidate[row] = labels[row] ? probability : 1 - probability;
      stable[row] = labels[row] ? 0.85 : 0.15;
    }
    ValidationSpecification asked =
        new ValidationSpecification(
            0.5,
            0.95,
            100,
            7,
            List.of(
                new MetricGate(Metric.AUC, 0.8, null, null),
                new MetricGate(Metric.LOG_LOSS, null, 0.5, 0.05)),
            List.of(),
            null);
    return HoldoutEvaluation.of(asked, labels, candidate, stable);
  }
}
