package dev.lockkeeper.serving.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.serving.EndpointMetadata;
import dev.lockkeeper.serving.InferenceResult;

/** The model metadata response of the Open Inference Protocol v2. */
final class ModelMetadataJson {

  private ModelMetadataJson() {}

  static ObjectNode of(EndpointMetadata endpoint) {
    ObjectNode metadata = Json.mapper().createObjectNode();
    metadata.put("name", endpoint.endpoint());
    metadata.put("platform", "onnx");
    ArrayNode versions = metadata.putArray("versions");
    ArrayNode inputs = metadata.putArray("inputs");
    ArrayNode outputs = metadata.putArray("outputs");
    endpoint.versions().forEach(versions::add);
    for (InputColumn column : endpoint.inputs()) {
      tensor(inputs, column.name(), type(column.type()));
    }
    if (endpoint.positiveLabel() != null) {
      tensor(outputs, InferenceResult.PROBABILITY, "FP64");
      tensor(outputs, endpoint.positiveLabel(), "BOOL");
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
