package dev.lockkeeper.formats.run;

import java.util.Locale;

/**
 * A role: one Temporal plugin, one task queue, one signing key, one reach into storage.
 *
 * <p>{@code PIPELINE} runs workflow tasks only and holds no credential at all.
 */
public enum Role {
  PIPELINE,
  INGESTION,
  FEATURES,
  TRAINING,
  VALIDATION,
  APPROVAL,
  REGISTRY,
  DEPLOYMENT,
  MONITORING;

  /** The role's name as people type it, for example {@code ingestion}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role's Temporal task queue, for example {@code lockkeeper-ingestion}. */
  public String taskQueue() {
    return "lockkeeper-" + label();
  }

  /**
   * The role of a name as people type it.
   *
   * @throws IllegalArgumentException if there is no such role; the message lists the roles
   */
  public static Role parse(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "no role '"
            + label
            + "': the roles are "
            + java.util.Arrays.stream(values()).map(Role::label).toList());
  }
}
