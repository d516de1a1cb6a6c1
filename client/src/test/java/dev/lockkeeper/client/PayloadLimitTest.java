package dev.lockkeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

class PayloadLimitTest {
  private final DataConverter converter = ClientSetup.dataConverter();

  @Test
  void payloadWithinTheLimit_passesUnchanged() {
    var payloads = converter.toPayloads("a reference");

    assertEquals("a reference", converter.fromPayloads(0, payloads, String.class, String.class));
  }

  @Test
  void payloadAboveTheLimit_isRefusedWithItsSizeAndAWayOut() {
    String large = "x".repeat(PayloadLimit.MAXIMUM_BYTES);

    ApplicationFailure failure =
        assertThrows(ApplicationFailure.class, () -> converter.toPayloads(large));

    assertEquals("PAYLOAD_TOO_LARGE", failure.getType());
    assertTrue(failure.isNonRetryable());
    assertEquals(
        "a payload of 1048578 bytes is above the limit of 1048576: put the data in the artifact"
            + " store and pass its reference",
        failure.getOriginalMessage());
  }
}
