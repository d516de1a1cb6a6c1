package dev.lockkeeper.contracts.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTypeTest {

  /** What waits for something to come back; a person or a program has to change the others. */
  @Test
  void retriedTypes_areTheseAlone() {
    Set<FailureType> retried =
        Stream.of(FailureType.values())
            .filter(type -> type.category().retryable())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(FailureType.class)));

    assertEquals(
        EnumSet.of(
            FailureType.TRAINING_INTERRUPTED,
            FailureType.APPROVERS_MISSING,
            FailureType.GATEWAY_UNAVAILABLE,
            FailureType.STORE_UNAVAILABLE,
            FailureType.WORKSPACE_UNAVAILABLE),
        retried);
    assertTrue(retried.stream().allMatch(type -> type.category() == FailureCategory.RESOURCE));
  }

  @ParameterizedTest
  @EnumSource
  void failure_carriesItsTypeAndWhatTheCategorySays(FailureType type) {
    var failure = StageFailure.of(type, "a.csv is empty");

    assertEquals(type.name(), failure.getType());
    assertEquals("a.csv is empty", failure.getOriginalMessage());
    assertEquals(type.category() != FailureCategory.RESOURCE, failure.isNonRetryable());
  }
}
