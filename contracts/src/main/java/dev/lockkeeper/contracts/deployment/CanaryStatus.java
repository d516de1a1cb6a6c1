package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.deployment.Confirmation;
import org.jspecify.annotations.Nullable;

/**
 * A canary as it stands.
 *
 * @param percent share of the traffic for the candidate
 * @param step the step, from 1
 * @param steps how many steps
 * @param look the last look; null before the first
 * @param message what it does now, in one line; null before it does anything
 * @param confirmation which gateways confirmed the share; null before they did
 */
public record CanaryStatus(
    double percent,
    int step,
    int steps,
    @Nullable CanaryLook look,
    @Nullable String message,
    @Nullable Confirmation confirmation) {

  /** A canary of which it is not known which gateways confirmed its share. */
  public CanaryStatus(
      double percent, int step, int steps, @Nullable CanaryLook look, @Nullable String message) {
    this(percent, step, steps, look, message, null);
  }
}
