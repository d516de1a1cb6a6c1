package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.monitoring.DriftAlert;
import java.util.List;

/** The population stability index of every subject, tested as one family. */
public final class PopulationStability implements DriftCheck {

  static final String NAME = "psi";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<DriftAlert> check(DriftWindow window) {
    return DriftFamily.test(window).alerts();
  }
}
