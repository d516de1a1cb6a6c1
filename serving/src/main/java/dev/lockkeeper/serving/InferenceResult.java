package dev.lockkeeper.serving;

import dev.lockkeeper.formats.registry.ServingContract;

/** An answered request with its lineage. */
public final class InferenceResult {

  /** The output that every model has: the probability of the positive label. */
  public static final String PROBABILITY = "probability";

  private final InferenceRequest request;
  private final Serving serving;
  private final ServedModel model;
  private final boolean canary;
  private final boolean fellBack;
  private final ServedModel.Answer answer;

  InferenceResult(
      InferenceRequest request,
      Serving serving,
      ServedModel model,
      boolean canary,
      boolean fellBack,
      ServedModel.Answer answer) {
    this.request = request;
    this.serving = serving;
    this.model = model;
    this.canary = canary;
    this.fellBack = fellBack;
    this.answer = answer;
  }

  /** What was asked. */
  public InferenceRequest request() {
    return request;
  }

  /** The endpoint that was asked. */
  public String endpoint() {
    return serving.manifest().endpoint();
  }

  /** The number of the manifest in force. */
  public long sequence() {
    return serving.manifest().sequence();
  }

  /** The version that answered. */
  public String version() {
    return model.version();
  }

  /** Root digest of the package that answered. */
  public String root() {
    return model.root();
  }

  /** Whether the request was routed to the candidate. */
  public boolean canary() {
    return canary;
  }

  /** Whether the stable version answered in the candidate's place. */
  public boolean fellBack() {
    return fellBack;
  }

  /** The probability of a row, between 0 and 1. */
  public float probability(int row) {
    return answer.probabilities()[row];
  }

  /** Whether a row's probability reaches the serving contract's threshold. */
  public boolean positive(int row) {
    return probability(row) >= contract().decisionThreshold();
  }

  /** The name of the output that says whether a row is positive. */
  public String positiveLabel() {
    return contract().positiveLabel();
  }

  /** Whether the client wants an output. */
  public boolean wants(String output) {
    return request.outputs().isEmpty() || request.outputs().contains(output);
  }

  ServedModel.Answer answer() {
    return answer;
  }

  private ServingContract contract() {
    return model.contract();
  }
}
