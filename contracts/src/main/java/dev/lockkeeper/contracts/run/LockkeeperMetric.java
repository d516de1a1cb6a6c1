package dev.lockkeeper.contracts.run;

import java.util.Set;

/** What is measured beside what Temporal measures, in workflows and activities. */
public enum LockkeeperMetric {
  /** A counter. */
  RUN_VERDICTS("lockkeeper_run_verdicts", "Runs that have ended, by their verdict", "verdict"),

  /** A gauge. */
  CANARY_E_VALUE(
      "lockkeeper_canary_e_value",
      "Evidence of harm at the last look at a canary; harm is shown at 1 / alpha. 1 without one",
      "endpoint"),

  /** A gauge. */
  DRIFT_INDEX(
      "lockkeeper_drift_index",
      "Population stability index of a feature or the prediction in the last window",
      "endpoint",
      "subject"),

  /** A counter. */
  DRIFT_ALERTS(
      "lockkeeper_drift_alerts", "Features and predictions that left their baseline", "endpoint");

  private final String label;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable set
  private final Set<String> labels;

  LockkeeperMetric(String label, String help, String... labels) {
    this.label = label;
    this.help = help;
    this.labels = Set.of(labels);
  }

  /** Its name as it is measured; a counter is shown with the suffix {@code _total}. */
  public String label() {
    return label;
  }

  /** What it says, for people. */
  public String help() {
    return help;
  }

  /** The names of its own labels. */
  public Set<String> labels() {
    return labels;
  }
}
