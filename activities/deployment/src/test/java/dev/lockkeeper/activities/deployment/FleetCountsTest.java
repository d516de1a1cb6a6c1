package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryEvidence;
import dev.lockkeeper.stage.StageException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A canary that several gateways serve is judged by the counts of all of them. */
class FleetCountsTest {

  private final Map<Long, CanaryCounts> one = new HashMap<>();
  private final Map<Long, CanaryCounts> other = new HashMap<>();
  private final CanaryJudge judge =
      new CanaryJudge(
          new Gateways(
              Map.of("http://one", new Counting(one), "http://other", new Counting(other))));

  /** Counts that a test writes, by manifest; the highest is in force. */
  private record Counting(Map<Long, CanaryCounts> counts) implements DeploymentTarget {

    @Override
    public void apply(String endpoint, long sequence) {
      assertTrue(counts.containsKey(sequence));
    }

    @Override
    public Optional<CanaryCounts> counts(String endpoint, @Nullable Long sequence) {
      long asked =
          sequence == null
              ? counts.keySet().stream().mapToLong(Long::longValue).max().orElse(0)
              : sequence;
      return Optional.ofNullable(counts.get(asked));
    }
  }

  @Test
  void harmThatEachGatewaySawAPartOf_isHarm() {
    put(one, "a", 1, 40, 0, 10, 3);
    put(other, "b", 1, 40, 0, 10, 3);

    CanaryLook look = look(null);

    assertTrue(look.harm(), look.message());
    assertTrue(look.message().contains("candidate 6 of 20"), look.message());
  }

  @Test
  void gatewayThatCountsAnew_doesNotMakeTheOtherCountTwice() {
    put(one, "a", 1, 40, 0, 10, 1);
    put(other, "b", 1, 40, 0, 10, 1);
    CanaryLook first = look(null);
    put(one, "c", 1, 4, 0, 1, 0);
    put(other, "b", 1, 60, 0, 15, 1);

    CanaryEvidence second = look(first.evidence()).evidence();

    assertEquals(20 + 1 + 5, second.candidateRequests());
    assertEquals(2, second.candidateHarms());
    assertEquals(80 + 4 + 20, second.stableRequests());
  }

  @Test
  void nextStep_takesTheRestOfTheOneBeforeFromEachGatewayThatStillCounts() {
    put(one, "a", 1, 40, 0, 10, 0);
    put(other, "b", 1, 40, 0, 10, 0);
    CanaryLook first = look(null);
    put(one, "a", 1, 50, 0, 12, 1);
    put(other, "c", 1, 9, 0, 9, 9);
    put(one, "a", 2, 5, 0, 5, 0);
    put(other, "c", 2, 5, 0, 5, 0);

    CanaryEvidence second = look(first.evidence()).evidence();

    assertEquals(20 + 2 + 10, second.candidateRequests());
    assertEquals(1, second.candidateHarms());
  }

  @Test
  void gatewayThatHasNotFollowedYet_isWaitedFor() {
    put(one, "a", 2, 40, 0, 10, 0);
    put(other, "b", 1, 40, 0, 10, 0);

    StageException late = assertThrows(StageException.class, () -> look(null));

    assertEquals(FailureType.GATEWAY_UNAVAILABLE, late.type());
    assertTrue(
        String.valueOf(late.getMessage())
            .startsWith("the gateways serve different manifests of endpoint 'tips': ["),
        late.getMessage());
  }

  private CanaryLook look(@Nullable CanaryEvidence before) {
    return judge.look(new JudgeCanaryInput("tips", 0.05, before));
  }

  private static void put(
      Map<Long, CanaryCounts> gateway,
      String instance,
      long sequence,
      long stable,
      long stableErrors,
      long candidate,
      long candidateErrors) {
    gateway.put(
        sequence,
        new CanaryCounts(
            "tips",
            instance,
            sequence,
            20,
            new ArmCounts(stable, stableErrors, 0),
            new ArmCounts(candidate, candidateErrors, 0)));
  }
}
