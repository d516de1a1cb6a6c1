package dev.lockkeeper.serving.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.serving.InferenceRequest;
import dev.lockkeeper.serving.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

  @Test
  void minusZero_keepsItsSignAsTrainingDoes() {
    Value minusZero = new Value.Numeric(-0.0);

    assertEquals(
        List.of(minusZero, minusZero, minusZero, new Value.Numeric(0)),
        values("[4]", "[-0, -0.0, -0e0, 0]"));
    assertEquals(
        List.of(minusZero, minusZero, new Value.Numeric(0)),
        values("[3, 1]", "[[-0], [-0.0], [0]]"));
  }

  @Test
  void otherNumbers_loseNothing() {
    assertEquals(
        List.of(
            new Value.Numeric(9007199254740993L), new Value.Numeric(-1), new Value.Numeric(0.1)),
        values("[3]", "[9007199254740993, -1, 0.1]"));
  }

  @Test
  void listAmongValues_isKeptAsItWasWritten() {
    assertEquals(
        List.of(new Value.Numeric(1), new Value.Unusable("[2,\"a\"]")),
        values("[2]", "[1, [2, \"a\"]]"));
  }

  private static List<Value> values(String shape, String data) {
    String body =
        String.format(
            Locale.ROOT,
            "{\"inputs\":[{\"name\":\"v\",\"shape\":%s,\"datatype\":\"FP64\",\"data\":%s}]}",
            shape,
            data);
    InferenceRequest request = RequestReader.read(body.getBytes(StandardCharsets.UTF_8), null);
    return request.columns().get("v");
  }
}
