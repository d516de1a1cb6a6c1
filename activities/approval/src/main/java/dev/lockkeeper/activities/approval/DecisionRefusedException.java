package dev.lockkeeper.activities.approval;

/** A decision that does not count; the message names the failing check for its sender. */
final class DecisionRefusedException extends Exception {

  DecisionRefusedException(String message) {
    super(message);
  }
}
