package dev.lockkeeper.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.models.ModelFileInspector;
import dev.lockkeeper.models.ModelRefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClassifierSessionTest {

  @Test
  void probabilities_areOneForEachRow() {
    try (ClassifierSession session = open(OnnxFile.logistic(1, -1))) {
      assertArrayEquals(
          new float[] {0.5f, 1 / (1 + (float) Math.exp(-2))},
          session.probabilities(new float[] {3, 3, 3, 1}, 2),
          1e-6f);
    }
  }

  @Test
  void probabilities_ofManyRowsAreThoseOfEachRow() {
    float[][] rows = new float[20_000][];
    float[] flat = new float[2 * rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new float[] {i / 1e4f, -1};
      System.arraycopy(rows[i], 0, flat, 2 * i, 2);
    }
    try (ClassifierSession session = open(OnnxFile.logistic(1, 0.3f))) {
      float[] answers = session.probabilities(rows);

      assertArrayEquals(answers, session.probabilities(flat, rows.length));
      for (int i = 0; i < rows.length; i += 997) {
        assertEquals(answers[i], session.probabilities(rows[i], 1)[0], "row " + i);
      }
    }
  }

  /** The inspector refuses a deeper one, before the runtime sees it. */
  @Test
  void treeOfTheDeepestKind_isServed() {
    try (ClassifierSession session = open(OnnxFile.chain(256))) {
      assertEquals(0, session.probabilities(new float[][] {{1e6f, 0}})[0]);
    }
  }

  @Test
  void probabilities_ofNoRowsAreNone() {
    try (ClassifierSession session = open(OnnxFile.logistic(1, 1))) {
      assertEquals(0, session.probabilities(new float[0][]).length);
    }
  }

  @Test
  void answerAboveOne_isInvalid() {
    assertInvalid("version 3: its answer to row 2 is 1.5, not a probability", 0, 1.5f);
  }

  @Test
  void answerBelowZero_isInvalid() {
    assertInvalid("version 3: its answer to row 1 is -0.5, not a probability", -0.5f, 0);
  }

  @Test
  void answerThatIsNotANumber_isInvalid() {
    assertInvalid("version 3: its answer to row 1 is NaN, not a probability", Float.NaN, 0);
  }

  @Test
  void answerThatIsInfinite_isInvalid() {
    assertInvalid(
        "version 3: its answer to row 1 is Infinity, not a probability",
        Float.POSITIVE_INFINITY,
        0);
  }

  @Test
  void invalidAnswerInALaterBatch_isNamedByItsRow() {
    float[][] rows = new float[10_000][2];
    rows[9_000][0] = 7;
    try (ClassifierSession session = open(OnnxFile.linear(1, 0))) {
      InvalidAnswerException invalid =
          assertThrows(InvalidAnswerException.class, () -> session.probabilities(rows));

      assertTrue(invalid.getMessage().contains("row 9001 is 7.0"), invalid.getMessage());
    }
  }

  @Test
  void fewerAnswersThanRows_areInvalid() {
    byte[] constant =
        new OnnxFile(2)
            .constant("weights", 2, 1, 0, 0)
            .constant("one", 1, 1, 0.5f)
            .node("MatMul", "unused", "features", "weights")
            .node("Identity", "probability", "one")
            .bytes();
    try (ClassifierSession session = open(constant)) {
      InvalidAnswerException invalid =
          assertThrows(InvalidAnswerException.class, () -> session.probabilities(new float[4], 2));

      assertTrue(
          invalid.getMessage().startsWith("version 3: expected FLOAT [2, 1] as 'probability', got"),
          invalid.getMessage());
    }
  }

  @Test
  void runtimeThatFailsOnRows_isNamed() {
    byte[] threeRows =
        new OnnxFile(2)
            .constant("weights", 2, 1, 0, 0)
            .constant("three", 3, 1, 0, 0, 0)
            .node("MatMul", "logit", "features", "weights")
            .node("Add", "sum", "logit", "three")
            .node("Sigmoid", "probability", "sum")
            .bytes();
    try (ClassifierSession session = open(threeRows)) {
      ModelFailedException failed =
          assertThrows(ModelFailedException.class, () -> session.probabilities(new float[4], 2));

      assertTrue(
          failed.getMessage().startsWith("version 3: ONNX Runtime fails: "), failed.getMessage());
    }
  }

  @Test
  void modelThatTheRuntimeDoesNotLoad_isRefused() {
    byte[] mismatched =
        new OnnxFile(2)
            .constant("weights", 3, 1, 1, 1, 1)
            .node("MatMul", "logit", "features", "weights")
            .node("Sigmoid", "probability", "logit")
            .bytes();

    ModelRefusedException refused =
        assertThrows(ModelRefusedException.class, () -> open(mismatched));

    assertTrue(
        refused.getMessage().startsWith("model file refused: ONNX Runtime does not load it: "),
        refused.getMessage());
  }

  @Test
  void modelOfAnotherWidth_isRefused() {
    ModelRefusedException refused =
        assertThrows(
            ModelRefusedException.class,
            () ->
                ClassifierSession.open(
                    "version 3", ModelFileInspector.inspect(OnnxFile.logistic(1, 1)), 5));

    assertTrue(refused.getMessage().contains("FLOAT [N, 5]"), refused.getMessage());
  }

  @Test
  void closedSession_answersNobody() {
    ClassifierSession session = open(OnnxFile.logistic(1, 1));
    session.close();
    session.close();

    InvalidAnswerException invalid =
        assertThrows(InvalidAnswerException.class, () -> session.probabilities(new float[2], 1));

    assertEquals("version 3 was closed", invalid.getMessage());
  }

  @Test
  void close_waitsForTheThreadThatComputes() throws Exception {
    ClassifierSession session = open(OnnxFile.slow());
    CountDownLatch computed = new CountDownLatch(1);
    CompletableFuture<Integer> batches =
        CompletableFuture.supplyAsync(
            () -> {
              int answered = 0;
              try {
                while (true) {
                  answered += session.probabilities(new float[2 * 50], 50).length / 50;
                  computed.countDown();
                }
              } catch (InvalidAnswerException e) {
                assertEquals("version 3 was closed", e.getMessage());
                return answered;
              }
            });
    assertTrue(computed.await(60, TimeUnit.SECONDS));

    session.close();

    assertTrue(batches.get(60, TimeUnit.SECONDS) >= 1);
  }

  private static ClassifierSession open(byte[] file) {
    return ClassifierSession.open("version 3", ModelFileInspector.inspect(file), 2);
  }

  private static void assertInvalid(String message, float first, float second) {
    try (ClassifierSession session = open(OnnxFile.linear(1, 0))) {
      InvalidAnswerException invalid =
          assertThrows(
              InvalidAnswerException.class,
              () -> session.probabilities(new float[] {first, 0, second, 0}, 2));

      assertEquals(message, invalid.getMessage());
    }
  }
}
