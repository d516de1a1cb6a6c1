package dev.lockkeeper.formats.run;

/**
 * What a model or an endpoint may be called, {@code [a-z0-9][a-z0-9-]*}, at most 63 characters: the
 * name is part of workflow ids, store names, paths and addresses.
 */
public final class ShortName {

  /** The form in words. */
  public static final String FORM = "lower-case letters, digits and '-', at most 63 characters";

  private ShortName() {}

  /** Whether a text has the form. */
  public static boolean fits(String name) {
    return name.matches("[a-z0-9][a-z0-9-]{0,62}");
  }

  /**
   * The name, if it has the form.
   *
   * @param what whose name it is, for the message
   * @throws IllegalArgumentException if it has another; the message says what is expected
   */
  public static String require(String what, String name) {
    if (!fits(name)) {
      throw new IllegalArgumentException(what + " '" + name + "': expected " + FORM);
    }
    return name;
  }
}
