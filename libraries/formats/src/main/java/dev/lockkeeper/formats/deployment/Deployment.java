package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.artifact.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * A change of what an endpoint serves, confirmed by the gateways.
 *
 * @param state what it serves now
 * @param seconds seconds from the decision until the last gateway that confirmed did
 * @param evidence the signed serving manifest
 * @param confirmation which gateways confirmed; null if the target does not say
 */
public record Deployment(
    ServingState state, double seconds, Evidence evidence, @Nullable Confirmation confirmation) {

  /** A change of which it is not known which gateways confirmed it. */
  public Deployment(ServingState state, double seconds, Evidence evidence) {
    this(state, seconds, evidence, null);
  }

  /** The confirmation for people, behind a comma; empty if the target does not say. */
  public String confirmationText() {
    return confirmation == null ? "" : ", " + confirmation.text();
  }
}
