package dev.lockkeeper.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.deployment.ArmRole;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of an answered request in the inference log, one a row. */
final class LoggedRows {

  private LoggedRows() {}

  @SuppressWarnings("NullAway") // Java 17 hides the record's @Nullable from it, Java 22 does not
  static List<InferenceRecord> of(InferenceResult result, Instant time) {
    int width = result.answer().width();
    List<InferenceRecord> rows = new ArrayList<>(result.request().rows());
    for (int row = 0; row < result.request().rows(); row++) {
      List<Float> features = new ArrayList<>(width);
      for (int i = 0; i < width; i++) {
        float value = result.answer().features()[row * width + i];
        features.add(Float.isNaN(value) ? null : Float.valueOf(value));
      }
      rows.add(
          new InferenceRecord(
              result.request().id(),
              time,
              result.endpoint(),
              result.version(),
              result.root(),
              result.sequence(),
              result.canary() ? ArmRole.CANDIDATE : ArmRole.STABLE,
              result.fellBack(),
              Map.of(),
              inputs(result.request(), row),
              features,
              result.probability(row),
              Map.of()));
    }
    return rows;
  }

  private static Map<String, JsonNode> inputs(InferenceRequest request, int row) {
    Map<String, JsonNode> inputs = new LinkedHashMap<>();
    request.columns().forEach((name, values) -> inputs.put(name, json(values.get(row))));
    return inputs;
  }

  private static JsonNode json(Value value) {
    if (value instanceof Value.Text text) {
      return TextNode.valueOf(text.text());
    }
    if (value instanceof Value.Bool bool) {
      return BooleanNode.valueOf(bool.value());
    }
    if (value instanceof Value.Numeric numeric) {
      return Json.mapper().valueToTree(numeric.number());
    }
    return value instanceof Value.Unusable unusable
        ? Json.read(unusable.written().getBytes(StandardCharsets.UTF_8), JsonNode.class)
        : NullNode.getInstance();
  }
}
