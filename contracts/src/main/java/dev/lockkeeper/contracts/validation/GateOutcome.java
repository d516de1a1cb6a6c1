package dev.lockkeeper.contracts.validation;

/** What a gate says. */
public enum GateOutcome {
  PASSED,
  REFUSED,
  INCONCLUSIVE
}
