package dev.lockkeeper.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.features.ExpressionException;
import dev.lockkeeper.store.StoreException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLTransientException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StageFailuresTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new CustodyException("wrong key"), FailureType.CUSTODY_BROKEN),
        Arguments.of(
            new StoreException(StoreException.Kind.CORRUPT, "changed"), FailureType.CUSTODY_BROKEN),
        Arguments.of(
            new StoreException(StoreException.Kind.DENIED, "reach"), FailureType.CUSTODY_BROKEN),
        Arguments.of(
            new StoreException(StoreException.Kind.MISSING, "none"), FailureType.CUSTODY_BROKEN),
        Arguments.of(
            new StoreException(StoreException.Kind.UNAVAILABLE, "later"),
            FailureType.STORE_UNAVAILABLE),
        Arguments.of(new ExpressionException("no column x"), FailureType.EXPRESSION_INVALID),
        Arguments.of(
            new StageException(FailureType.LABEL_UNUSABLE, "constant"), FailureType.LABEL_UNUSABLE),
        Arguments.of(
            new StageException(FailureType.TRAINING_INTERRUPTED, "killed"),
            FailureType.TRAINING_INTERRUPTED),
        Arguments.of(
            new UncheckedIOException("disk", new IOException()), FailureType.STORE_UNAVAILABLE));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failure_becomesItsTypeWithItsMessageAndRetryability(
      RuntimeException thrown, FailureType type) {
    ApplicationFailure failure =
        assertThrows(
            ApplicationFailure.class,
            () ->
                StageFailures.translate(
                    () -> {
                      throw thrown;
                    }));
    assertEquals(type.name(), failure.getType());
    assertEquals(thrown.getMessage(), failure.getOriginalMessage());
    assertEquals(!type.retryable(), failure.isNonRetryable());
  }

  @Test
  void messageThatTheServerWouldCut_isCutAndSaysSo() {
    String message = "x".repeat(2_500);

    ApplicationFailure failure =
        assertThrows(
            ApplicationFailure.class,
            () ->
                StageFailures.translate(
                    () -> {
                      throw new StageException(FailureType.SOURCE_UNREADABLE, message);
                    }));

    assertEquals(
        "x".repeat(2_000) + "… (cut: 500 more characters are in the worker's log)",
        failure.getOriginalMessage());
  }

  @Test
  void defect_isNotDressedAsAFailureOfTheStage() {
    NullPointerException defect = new NullPointerException("defect");
    assertSame(
        defect,
        assertThrows(
            NullPointerException.class,
            () ->
                StageFailures.translate(
                    () -> {
                      throw defect;
                    })));
  }

  static Stream<Throwable> shortages() {
    return Stream.of(
        assertThrows(IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[1])),
        new SQLTransientException("Out of Memory Error: failed to offload data block"));
  }

  @ParameterizedTest
  @MethodSource("shortages")
  void shortage_isTheWorkersWhateverTheWorkMadeOfIt(Throwable shortage) {
    StageException blamed =
        new StageException(FailureType.SOURCE_UNREADABLE, "a.csv is broken", shortage);

    StageException known = StageFailures.classify(blamed).orElseThrow();

    assertEquals(FailureType.WORKSPACE_UNAVAILABLE, known.type());
    assertTrue(
        String.valueOf(known.getMessage()).contains(shortage.getMessage()), known::getMessage);
    assertSame(shortage, known.getCause());
  }

  @Test
  void fullDiskOfTheStore_isTheStores() {
    IOException full =
        assertThrows(IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[1]));
    StoreException store =
        new StoreException(StoreException.Kind.UNAVAILABLE, "cannot write", full);

    assertEquals(FailureType.STORE_UNAVAILABLE, StageFailures.classify(store).orElseThrow().type());
  }
}
