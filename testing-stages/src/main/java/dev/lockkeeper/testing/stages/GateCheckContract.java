package dev.lockkeeper.testing.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.activities.validation.GateCheck;
import dev.lockkeeper.activities.validation.HoldoutEvaluation;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What any {@link GateCheck} must do. An implementation's test extends it and gives evaluations
 * ({@link HoldoutEvaluation#of}) that the check must pass and refuse.
 */
public abstract class GateCheckContract {

  /** The check. */
  protected abstract GateCheck check();

  /** An evaluation that each of its gates lets pass. */
  protected abstract HoldoutEvaluation passing();

  /** An evaluation that at least one of its gates refuses. */
  protected abstract HoldoutEvaluation refused();

  @Test
  void name_isOneWordInLowerCase() {
    assertTrue(check().name().matches("[a-z][a-z0-9-]*"), check().name());
  }

  @Test
  void goodCandidate_passesEachGate() {
    List<GateResult> results = check().judge(passing());

    assertFalse(results.isEmpty());
    results.forEach(result -> assertEquals(GateOutcome.PASSED, result.outcome(), result.message()));
  }

  @Test
  void badCandidate_isRefused() {
    List<GateResult> results = check().judge(refused());

    assertTrue(
        results.stream().anyMatch(result -> result.outcome() == GateOutcome.REFUSED),
        results.toString());
  }

  /**
   * The pipeline stops at a gate that blocks, so a refusal that does not would be without effect.
   */
  @Test
  void refusals_blockAndPassedGatesDoNot() {
    for (GateResult result : both().toList()) {
      if (result.outcome() != GateOutcome.INCONCLUSIVE) {
        assertEquals(result.outcome() == GateOutcome.REFUSED, result.blocking(), result.toString());
      }
    }
  }

  @Test
  void gates_haveNamesOfTheirOwn() {
    for (HoldoutEvaluation evaluation : List.of(passing(), refused())) {
      List<String> gates = check().judge(evaluation).stream().map(GateResult::gate).toList();
      assertEquals(gates.stream().distinct().toList(), gates);
      gates.forEach(gate -> assertFalse(gate.isBlank()));
    }
  }

  /** Reports and the approver's page show one line; JSON has no other numbers. */
  @Test
  void results_areFiniteAndSayInOneLineWhatWasFound() {
    for (GateResult result : both().toList()) {
      assertTrue(
          Double.isFinite(result.value()) && Double.isFinite(result.threshold()),
          result.toString());
      assertTrue(
          !result.message().isBlank() && result.message().lines().count() == 1, result.message());
    }
  }

  @Test
  void equalEvaluations_giveEqualResults() {
    assertEquals(check().judge(passing()), check().judge(passing()));
    assertEquals(check().judge(refused()), check().judge(refused()));
  }

  private Stream<GateResult> both() {
    return Stream.of(passing(), refused()).flatMap(one -> check().judge(one).stream());
  }
}
