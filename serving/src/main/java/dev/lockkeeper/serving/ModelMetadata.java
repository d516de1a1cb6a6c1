package dev.lockkeeper.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.stream.Stream;

/** The model metadata response of the Open Inference Protocol v2. */
final class ModelMetadata {

  private ModelMetadata() {}

  static ObjectNode of(Serving serving) {
    ObjectNode metadata = Json.mapper().createObjectNode();
    metadata.put("name", serving.manifest().endpoint());
    metadata.put("platform", "onnx");
    ArrayNode versions = metadata.putArray("versions");
    ArrayNode inputs = metadata.putArray("inputs");
    ArrayNode outputs = metadata.putArray("outputs");
    ServedModel first = serving.stable() != null ? serving.stable() : serving.candidate();
    Stream.of(serving.stable(), serving.candidate())
        .filter(java.util.Objects::nonNull)
        .forEach(model -> versions.add(model.version()));
    if (first != null) {
      for (InputColumn column : first.program().inputColumns()) {
        tensor(inputs, column.name(), type(column.type()));
      }
      tensor(outputs, InferenceResult.PROBABILITY, "FP64");
      tensor(outputs, first.verified().contract().positiveLabel(), "BOOL");
    }
    return metadata;
  }

  private static void tensor(ArrayNode list, String name, String type) {
    ObjectNode tensor = list.addObject();
    tensor.put("name", name).put("datatype", type).putArray("shape").add(-1).add(1);
  }

  private static String type(ColumnType type) {
    return switch (type) {
      case STRING, TIMESTAMP -> "BYTES";
      case NUMBER -> "FP64";
      case INTEGER -> "INT64";
      case BOOLEAN -> "BOOL";
    };
  }
}
