package dev.lockkeeper.starter;

import org.jspecify.annotations.Nullable;

/** Who acts. */
final class Principal {

  private Principal() {}

  /** The one named, else {@code LOCKKEEPER_USER}, else the user of the operating system. */
  static String of(@Nullable String named) {
    if (named != null) {
      return named;
    }
    String user = System.getenv("LOCKKEEPER_USER");
    return user == null || user.isEmpty() ? System.getProperty("user.name", "unknown") : user;
  }
}
