package dev.lockkeeper.contracts.deployment;

/** What an endpoint may be called: its name is part of workflow ids, store names and paths. */
public final class EndpointName {

  private EndpointName() {}

  /**
   * The name, if it is one.
   *
   * @throws IllegalArgumentException if it is none; the message says what is expected
   */
  public static String require(String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException(
          "endpoint '"
              + name
              + "': expected lower-case letters, digits and '-', at most 63 characters");
    }
    return name;
  }
}
