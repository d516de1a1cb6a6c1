package dev.lockkeeper.formats.deployment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint serves: the payload of a DSSE envelope signed by the deployment role, in the
 * deployments zone under the name {@code ENDPOINT/SEQUENCE}, never overwritten. The highest
 * sequence is in force.
 *
 * @param endpoint the endpoint
 * @param sequence from 1, without gaps
 * @param createdAt when it was made
 * @param arms what serves and what is tried; at most one is stable, and the shares of those that
 *     answer add up to 100. Empty if nothing serves
 * @param reason why this manifest was made, in one line
 */
public record ServingManifest(
    String endpoint, long sequence, Instant createdAt, List<ServingArm> arms, String reason) {

  public ServingManifest {
    arms = List.copyOf(arms);
    if (count(arms, ArmRole.STABLE) > 1) {
      throw new IllegalArgumentException("arms: more than one is stable");
    }
    int answered =
        arms.stream()
            .filter(arm -> arm.role() != ArmRole.SHADOW)
            .mapToInt(arm -> TrafficShare.parts(arm.percent()))
            .sum();
    if (answered != TrafficShare.PARTS
        && arms.stream().anyMatch(arm -> arm.role() != ArmRole.SHADOW)) {
      throw new IllegalArgumentException(
          "arms: the shares of those that answer add up to "
              + TrafficShare.text(answered * 100.0 / TrafficShare.PARTS)
              + " %; expected 100");
    }
  }

  /**
   * The arms of a stable release and at most one candidate.
   *
   * @param percent the candidate's share; the stable release has the rest
   */
  public static List<ServingArm> arms(
      @Nullable Release stable, @Nullable Release candidate, double percent) {
    return arms(stable, candidate, percent, null);
  }

  /**
   * The arms of a stable release and at most one candidate.
   *
   * @param percent the candidate's share; the stable release has the rest
   * @param leaseUntil when the candidate's share ends by itself; null for never
   */
  public static List<ServingArm> arms(
      @Nullable Release stable,
      @Nullable Release candidate,
      double percent,
      @Nullable Instant leaseUntil) {
    List<ServingArm> arms = new ArrayList<>();
    if (stable != null) {
      double share = candidate == null ? 100 : TrafficShare.rest(percent);
      arms.add(new ServingArm(ArmRole.STABLE, stable, share));
    }
    if (candidate != null) {
      arms.add(new ServingArm(ArmRole.CANDIDATE, candidate, percent, leaseUntil));
    }
    return arms;
  }

  /** What serves; null before the first promotion. */
  public @Nullable Release stable() {
    return arm(ArmRole.STABLE).map(ServingArm::release).orElse(null);
  }

  /** What is tried, the first if there are several; null outside a canary. */
  public @Nullable Release candidate() {
    return arm(ArmRole.CANDIDATE).map(ServingArm::release).orElse(null);
  }

  /** Share of the traffic for {@link #candidate()}, 0 to 100; 0 outside a canary. */
  public double candidatePercent() {
    return arm(ArmRole.CANDIDATE).map(ServingArm::percent).orElse(0.0);
  }

  /** When {@link #candidate()} loses its share by itself; null for never and outside a canary. */
  public @Nullable Instant leaseUntil() {
    Optional<ServingArm> candidate = arm(ArmRole.CANDIDATE);
    return candidate.isPresent() ? candidate.get().leaseUntil() : null;
  }

  /** How many arms have a role. */
  public int count(ArmRole role) {
    return count(arms, role);
  }

  private static int count(List<ServingArm> arms, ArmRole role) {
    return (int) arms.stream().filter(arm -> arm.role() == role).count();
  }

  private Optional<ServingArm> arm(ArmRole role) {
    return arms.stream().filter(arm -> arm.role() == role).findFirst();
  }
}
