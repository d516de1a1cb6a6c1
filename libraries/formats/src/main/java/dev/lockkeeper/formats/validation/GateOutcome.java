package dev.lockkeeper.formats.validation;

/** What a gate says. */
public enum GateOutcome {
  PASSED,
  REFUSED,
  INCONCLUSIVE
}
