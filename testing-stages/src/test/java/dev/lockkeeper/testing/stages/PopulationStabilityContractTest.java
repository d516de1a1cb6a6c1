package dev.lockkeeper.testing.stages;

import dev.lockkeeper.activities.monitoring.DriftCheck;
import dev.lockkeeper.activities.monitoring.PopulationStability;

class PopulationStabilityContractTest extends DriftCheckContract {

  @Override
  protected DriftCheck check() {
    return new PopulationStability();
  }
}
