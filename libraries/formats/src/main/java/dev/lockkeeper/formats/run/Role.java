package dev.lockkeeper.formats.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A role: one Temporal plugin, one task queue, one signing key, one access to storage. Lockkeeper's
 * own roles are the constants; a stage of somebody else's declares one of its own.
 *
 * <p>{@code PIPELINE} runs workflow tasks only and has no credential at all.
 *
 * @param label the role's name as people type it and as JSON has it, for example {@code ingestion}:
 *     lower-case letters, digits and hyphens, at most 63 characters. It names the key file, the
 *     task queue and the signer in statements
 */
public record Role(String label) {

  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST = 63;

  public static final Role PIPELINE = new Role("pipeline");
  public static final Role INGESTION = new Role("ingestion");
  public static final Role FEATURES = new Role("features");
  public static final Role TRAINING = new Role("training");
  public static final Role VALIDATION = new Role("validation");
  public static final Role APPROVAL = new Role("approval");
  public static final Role REGISTRY = new Role("registry");
  public static final Role DEPLOYMENT = new Role("deployment");
  public static final Role MONITORING = new Role("monitoring");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Role {
    if (!isLabel(label)) {
      throw new IllegalArgumentException(
          "role '"
              + label
              + "': expected lower-case letters, digits and single hyphens, at most "
              + LONGEST
              + " characters");
    }
  }

  /** Whether a role may be called so. */
  public static boolean isLabel(String text) {
    return text.length() <= LONGEST && LABEL.matcher(text).matches();
  }

  @JsonValue
  @Override
  public String label() {
    return label;
  }

  /** The role's Temporal task queue, for example {@code lockkeeper-ingestion}. */
  public String taskQueue() {
    return "lockkeeper-" + label;
  }
}
