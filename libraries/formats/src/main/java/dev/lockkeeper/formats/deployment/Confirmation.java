package dev.lockkeeper.formats.deployment;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which gateways confirmed that they serve a manifest. One that did not serves it once it can read
 * the deployments zone.
 *
 * @param gateways how many were told
 * @param confirmed how many of them confirmed
 * @param seconds seconds from the decision until the last of these did
 * @param missing those that did not
 */
public record Confirmation(int gateways, int confirmed, double seconds, List<Missing> missing) {

  /**
   * A gateway that did not confirm.
   *
   * @param gateway its address
   * @param reason why, in one line
   */
  public record Missing(String gateway, String reason) {}

  public Confirmation {
    missing = missing == null ? List.of() : List.copyOf(missing);
  }

  /** For people: how many of how many, within which time, and what the others said. */
  public String text() {
    String all = gateways + (gateways == 1 ? " gateway" : " gateways");
    String most =
        confirmed == 0
            ? "confirmed by none of " + all
            : String.format(
                Locale.ROOT, "confirmed by %d of %s within %.2f s", confirmed, all, seconds);
    return missing.isEmpty()
        ? most
        : most
            + "; not by "
            + missing.stream()
                .map(one -> one.gateway() + " (" + one.reason() + ")")
                .collect(Collectors.joining(", "));
  }
}
