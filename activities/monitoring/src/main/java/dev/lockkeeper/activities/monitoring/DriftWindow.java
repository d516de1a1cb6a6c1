package dev.lockkeeper.activities.monitoring;

import java.util.List;

/**
 * A window of live predictions beside its baseline.
 *
 * @param rows predictions in the window
 * @param threshold the pipeline's threshold for the population stability index
 * @param subjects the features in model order, then the prediction
 */
public record DriftWindow(long rows, double threshold, List<WindowHistogram> subjects) {

  public DriftWindow {
    subjects = List.copyOf(subjects);
  }
}
