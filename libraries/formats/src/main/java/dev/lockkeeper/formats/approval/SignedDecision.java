package dev.lockkeeper.formats.approval;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it is sent. Untrusted until verified.
 *
 * @param document the exact text that was signed: a {@link DecisionDocument} as JSON
 * @param signature the armored SSH signature over it
 * @param traceparent the sender's W3C trace context; empty if not traced
 */
public record SignedDecision(String document, String signature, String traceparent) {

  /** The largest accepted sum of both texts, in characters. */
  public static final int MAXIMUM_LENGTH = 16_384;

  /**
   * Reads whatever was sent: a field that is not there, or is not a string, is empty. So the run
   * can refuse and remember what is not a decision at all; a payload that cannot be read would be
   * dropped.
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SignedDecision of(Object sent) {
    Map<?, ?> fields = sent instanceof Map<?, ?> object ? object : Map.of();
    return new SignedDecision(
        text(fields.get("document")),
        text(fields.get("signature")),
        text(fields.get("traceparent")));
  }

  private static String text(@Nullable Object field) {
    return field instanceof String text ? text : "";
  }
}
