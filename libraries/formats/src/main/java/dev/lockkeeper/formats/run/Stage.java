package dev.lockkeeper.formats.run;

import java.util.Locale;

/** The stages of a run, in the order in which their gates open. */
public enum Stage {
  INGESTION,
  FEATURES,
  TRAINING,
  VALIDATION,
  REGISTRY,
  APPROVAL,
  DEPLOYMENT;

  /** The stage's name as people read it, for example {@code ingestion}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
