package dev.lockkeeper.starter;

import org.jspecify.annotations.Nullable;

/** Who acts. */
final class Principal {

  private Principal() {}

  /** What an approver has to know of who started a run. */
  static String claimed(String startedBy) {
    return "note: that "
        + startedBy
        + " started the run is claimed and not proven; whoever did may be one of its approvers";
  }

  /** The one named, else {@code LOCKKEEPER_USER}, else the user of the operating system. */
  static String of(@Nullable String named) {
    if (named != null) {
      return named;
    }
    String user = System.getenv("LOCKKEEPER_USER");
    return user == null || user.isEmpty() ? System.getProperty("user.name", "unknown") : user;
  }
}
