package dev.lockkeeper.formats.validation;

import java.util.Locale;

/** The hold-out metrics of a binary classifier. */
public enum Metric {
  AUC(true),
  LOG_LOSS(false),
  BRIER(false),
  ACCURACY(true),
  PRECISION(true),
  RECALL(true),
  F1(true);

  private final boolean higherIsBetter;

  Metric(boolean higherIsBetter) {
    this.higherIsBetter = higherIsBetter;
  }

  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** The metric's name as people type it, for example {@code log-loss}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
