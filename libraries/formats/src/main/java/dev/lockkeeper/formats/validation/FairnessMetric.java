package dev.lockkeeper.formats.validation;

import java.util.Locale;

/** Group fairness metrics. */
public enum FairnessMetric {
  /** Largest minus smallest share of positive predictions over the groups. */
  DEMOGRAPHIC_PARITY_DIFFERENCE,
  /** Smallest divided by largest share of positive predictions over the groups. */
  DEMOGRAPHIC_PARITY_RATIO,
  /** The larger of the differences in true and in false positive rate over the groups. */
  EQUALIZED_ODDS_DIFFERENCE;

  /** The metric's name as people type it, for example {@code demographic-parity-ratio}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
