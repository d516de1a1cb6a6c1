package dev.lockkeeper.contracts.approval;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import org.jspecify.annotations.Nullable;

/** What became of a decision that was sent. There may be more kinds later. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "kind",
    visible = true,
    defaultImpl = DecisionReceipt.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = DecisionReceipt.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = DecisionReceipt.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = DecisionReceipt.Sent.class, name = "sent")
})
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface DecisionReceipt {

  /** One line for people. */
  String message();

  /**
   * The decision counts.
   *
   * @param decision the decision as it counts
   * @param message what is still missing
   */
  record Accepted(AcceptedDecision decision, String message) implements DecisionReceipt {}

  /**
   * The decision changed nothing.
   *
   * @param message why it was refused
   */
  record Refused(String message) implements DecisionReceipt {}

  /**
   * The decision is on its way, and nobody has judged it yet.
   *
   * @param message how to learn what became of it
   */
  record Sent(String message) implements DecisionReceipt {}

  /** Reads a receipt of a run that was recorded before receipts had a kind. */
  @JsonCreator
  static DecisionReceipt recorded(
      @JsonProperty("kind") @Nullable String kind,
      @JsonProperty("decision") @Nullable AcceptedDecision decision,
      @JsonProperty("message") String message) {
    Json.requireNoKind("decision receipt", kind);
    return decision == null ? new Refused(message) : new Accepted(decision, message);
  }
}
