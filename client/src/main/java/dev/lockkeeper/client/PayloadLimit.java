package dev.lockkeeper.client;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;

/**
 * Refuses a payload that is too large before a server does, which says less: a real one refuses
 * above 2 MB, the one in memory never.
 */
final class PayloadLimit implements PayloadCodec {

  /** Half of what a server accepts, for a history event carries more than one payload. */
  static final int MAXIMUM_BYTES = 1 << 20;

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    for (Payload payload : payloads) {
      int bytes = payload.getData().size();
      if (bytes > MAXIMUM_BYTES) {
        throw StageFailure.of(
            FailureType.PAYLOAD_TOO_LARGE,
            "a payload of "
                + bytes
                + " bytes is above the limit of "
                + MAXIMUM_BYTES
                + ": put the data in the artifact store and pass its reference");
      }
    }
    return payloads;
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads;
  }
}
