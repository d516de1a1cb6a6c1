package example.extensions;

import dev.lockkeeper.activities.monitoring.DriftCheck;
import dev.lockkeeper.testing.stages.DriftCheckContract;

class LargestMoveTest extends DriftCheckContract {

  @Override
  protected DriftCheck check() {
    return new LargestMove();
  }
}
