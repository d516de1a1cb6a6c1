package dev.lockkeeper.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.Json;

/**
 * An answered request with its lineage.
 *
 * @param request the request
 * @param serving what served it
 * @param model the model that answered
 * @param canary whether it was routed to the candidate
 * @param fellBack whether the stable version answered in the candidate's place
 * @param answer features and probabilities
 */
record InferenceResult(
    InferenceRequest request,
    Serving serving,
    ServedModel model,
    boolean canary,
    boolean fellBack,
    ServedModel.Answer answer) {

  static final String PROBABILITY = "probability";

  /** The response of the Open Inference Protocol v2. */
  ObjectNode response() {
    ObjectNode response = Json.mapper().createObjectNode();
    response.put("model_name", serving.manifest().endpoint());
    response.put("model_version", model.version());
    response.put("id", request.id());
    ObjectNode parameters = response.putObject("parameters");
    parameters.put("package_root", model.root());
    parameters.put("manifest", serving.manifest().sequence());
    parameters.put("canary", canary);
    parameters.put("fell_back", fellBack);
    ArrayNode probabilities = Json.mapper().createArrayNode();
    ArrayNode labels = Json.mapper().createArrayNode();
    double threshold = model.verified().contract().decisionThreshold();
    for (float probability : answer.probabilities()) {
      probabilities.add((double) probability);
      labels.add(probability >= threshold);
    }
    ArrayNode outputs = response.putArray("outputs");
    output(outputs, PROBABILITY, "FP64", probabilities);
    output(outputs, model.verified().contract().positiveLabel(), "BOOL", labels);
    return response;
  }

  private void output(ArrayNode outputs, String name, String type, ArrayNode data) {
    if (request.outputs().isEmpty() || request.outputs().contains(name)) {
      ObjectNode output = outputs.addObject();
      output.put("name", name);
      output.put("datatype", type);
      output.putArray("shape").add(request.rows()).add(1);
      output.set("data", data);
    }
  }
}
