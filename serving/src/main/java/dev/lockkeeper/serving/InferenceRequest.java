package dev.lockkeeper.serving;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lockkeeper.formats.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request of the Open Inference Protocol v2 (REST): each input is a column.
 *
 * @param id the request's id
 * @param routingKey what decides the canary's side
 * @param rows number of rows
 * @param columns the values of each column
 * @param outputs the outputs that are asked for; empty for all
 */
record InferenceRequest(
    String id, String routingKey, int rows, Map<String, JsonNode> columns, Set<String> outputs) {

  private static final Set<String> DATATYPES =
      Set.of(
          "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16",
          "FP32", "FP64", "BYTES");

  private static final int MAXIMUM_ROWS = 10_000;

  /** It is in the inference log with every row. */
  private static final int LONGEST_ID = 256;

  /**
   * Reads a request.
   *
   * @throws BadRequestException if it is none; the message says where and what to do
   */
  static InferenceRequest read(byte[] body, @Nullable String routingHeader) {
    JsonNode json = tree(body);
    JsonNode inputs = json.path("inputs");
    if (!inputs.isArray() || inputs.isEmpty()) {
      throw new BadRequestException("inputs: expected a list with one entry a column");
    }
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    int rows = -1;
    for (JsonNode input : inputs) {
      String name = input.path("name").asText();
      JsonNode data = flat(input.path("data"));
      String datatype = input.path("datatype").asText();
      if (!DATATYPES.contains(datatype)) {
        throw new BadRequestException(
            "input '"
                + name
                + "': datatype '"
                + datatype
                + "': expected one of "
                + new TreeSet<>(DATATYPES));
      }
      int size = rows(name, input.path("shape"), data);
      if (rows >= 0 && size != rows) {
        throw new BadRequestException(
            "input '" + name + "': " + size + " rows, the inputs before have " + rows);
      }
      rows = size;
      if (columns.put(name, data) != null) {
        throw new BadRequestException("input '" + name + "' is there twice");
      }
    }
    String id = json.path("id").asText(UUID.randomUUID().toString());
    if (id.length() > LONGEST_ID) {
      throw new BadRequestException(
          "id: " + id.length() + " characters: expected at most " + LONGEST_ID);
    }
    JsonNode key = json.path("parameters").path("routing_key");
    String routingKey = key.asText(routingHeader != null ? routingHeader : id);
    Set<String> outputs = new TreeSet<>();
    json.path("outputs").forEach(output -> outputs.add(output.path("name").asText()));
    return new InferenceRequest(id, routingKey, rows, columns, outputs);
  }

  /** The raw inputs of a row, by column. */
  Map<String, JsonNode> row(int row) {
    Map<String, JsonNode> inputs = new LinkedHashMap<>();
    columns.forEach((name, values) -> inputs.put(name, values.path(row)));
    return inputs;
  }

  /** Data of shape [N, 1] may come as a list of rows of one value. */
  private static JsonNode flat(JsonNode data) {
    if (!data.isArray() || data.isEmpty() || !data.path(0).isArray()) {
      return data;
    }
    ArrayNode flat = Json.mapper().createArrayNode();
    for (JsonNode row : data) {
      flat.add(row.size() == 1 ? row.path(0) : row);
    }
    return flat;
  }

  private static int rows(String name, JsonNode shape, JsonNode data) {
    boolean column = shape.size() == 1 || (shape.size() == 2 && shape.path(1).asInt() == 1);
    if (!shape.isArray() || !column) {
      throw new BadRequestException(
          "input '" + name + "': expected shape [N] or [N, 1], got " + shape);
    }
    int rows = shape.path(0).isInt() ? shape.path(0).intValue() : -1;
    if (rows < 1 || rows > MAXIMUM_ROWS) {
      throw new BadRequestException(
          "input '" + name + "': expected 1 to " + MAXIMUM_ROWS + " rows, got " + shape.path(0));
    }
    if (!data.isArray() || data.size() != rows) {
      throw new BadRequestException(
          "input '"
              + name
              + "': shape says "
              + rows
              + " rows, data has "
              + (data.isArray() ? data.size() : "no list"));
    }
    return rows;
  }

  private static String where(IOException e) {
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      JsonLocation at = json.getLocation();
      return " at line "
          + at.getLineNr()
          + ", column "
          + at.getColumnNr()
          + ": "
          + json.getOriginalMessage();
    }
    return ": " + e.getMessage();
  }

  private static JsonNode tree(byte[] body) {
    try {
      return Json.mapper().readTree(body);
    } catch (IOException e) {
      throw new BadRequestException("the body is no JSON" + where(e), e);
    }
  }
}
