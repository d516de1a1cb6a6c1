package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.KeyCounts;
import dev.lockkeeper.stage.StageException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each gateway counted under one manifest. They are told apart by their instances, so that one
 * that counts anew does not make the others begin anew.
 *
 * @param each the counts, at least one
 */
record FleetCounts(List<CanaryCounts> each) {

  private static final ArmCounts NONE = new ArmCounts(0, 0, 0);

  FleetCounts {
    each = List.copyOf(each);
  }

  /**
   * What all gateways counted under the manifest in force.
   *
   * @throws StageException {@code GATEWAY_UNAVAILABLE} if one does not answer, or has not followed
   *     yet
   */
  static FleetCounts inForce(Gateways gateways, String endpoint) {
    List<CanaryCounts> each = gateways.counts(endpoint, null);
    int missing = gateways.size() - each.size();
    if (missing > 0) {
      throw away(
          (gateways.size() == 1
                  ? "the gateway serves"
                  : missing + " of " + gateways.size() + " gateways serve")
              + " no endpoint '"
              + endpoint
              + "' at the moment");
    }
    List<Long> manifests = each.stream().map(CanaryCounts::sequence).distinct().toList();
    if (manifests.size() > 1) {
      throw away(
          "the gateways serve different manifests of endpoint '" + endpoint + "': " + manifests);
    }
    return new FleetCounts(each);
  }

  long sequence() {
    return each.get(0).sequence();
  }

  /** What of these was judged before; of a gateway that began anew, or of a new manifest, none. */
  FleetCounts judged(@Nullable FleetCounts before) {
    return new FleetCounts(each.stream().map(one -> judged(one, before)).toList());
  }

  /** Those of a gateway that was judged before and still counts. */
  List<CanaryCounts> continued(FleetCounts before) {
    return each.stream().filter(one -> before.find(one) != null).toList();
  }

  /** The sum, whose instance names all of them. */
  CanaryCounts sum() {
    CanaryCounts first = each.get(0);
    return each.size() == 1
        ? first
        : new CanaryCounts(
            first.endpoint(),
            each.stream().map(CanaryCounts::instance).collect(Collectors.joining(",")),
            first.sequence(),
            first.candidatePercent(),
            sum(CanaryCounts::stable),
            sum(CanaryCounts::candidate));
  }

  private ArmCounts sum(Function<CanaryCounts, ArmCounts> arm) {
    return each.stream().map(arm).reduce(FleetCounts::add).orElse(NONE);
  }

  private static ArmCounts add(ArmCounts one, ArmCounts other) {
    KeyCounts keys = one.byKey();
    KeyCounts more = other.byKey();
    return new ArmCounts(
        one.requests() + other.requests(),
        one.errors() + other.errors(),
        one.invalid() + other.invalid(),
        one.common() + other.common(),
        keys == null || more == null
            ? null
            : new KeyCounts(
                keys.keys() + more.keys(),
                keys.failed() + more.failed(),
                keys.atRisk() + more.atRisk(),
                keys.firstFailures() + more.firstFailures()));
  }

  private static CanaryCounts judged(CanaryCounts now, @Nullable FleetCounts before) {
    CanaryCounts judged = before == null ? null : before.find(now);
    return judged != null
        ? judged
        : new CanaryCounts(
            now.endpoint(), now.instance(), now.sequence(), now.candidatePercent(), NONE, NONE);
  }

  private @Nullable CanaryCounts find(CanaryCounts sought) {
    return each.stream()
        .filter(one -> one.sequence() == sought.sequence())
        .filter(one -> one.instance().equals(sought.instance()))
        .findFirst()
        .orElse(null);
  }

  private static StageException away(String message) {
    return new StageException(FailureType.GATEWAY_UNAVAILABLE, message);
  }
}
