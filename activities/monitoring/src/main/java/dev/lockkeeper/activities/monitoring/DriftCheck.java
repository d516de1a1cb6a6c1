package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.monitoring.DriftAlert;
import java.util.List;

/**
 * A test of whether a window of live predictions left the signed baseline. Every implementation
 * that {@link java.util.ServiceLoader} finds looks at every window; it is public, has a constructor
 * without parameters and no state. Equal windows give equal alerts.
 */
public interface DriftCheck {

  /** Its name, which is the statistic of its alerts, for example {@code psi}. */
  String name();

  /**
   * What left the baseline, largest first; empty if nothing did.
   *
   * @param window has at least one row
   */
  List<DriftAlert> check(DriftWindow window);
}
