package dev.lockkeeper.serving.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.serving.BadRequestException;
import dev.lockkeeper.serving.InferenceRequest;
import dev.lockkeeper.serving.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One entry of a request's inputs as it was sent: a column. It is checked by {@link #rows}. */
final class InputTensor {

  private static final Set<String> DATATYPES =
      Set.of(
          "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16",
          "FP32", "FP64", "BYTES");

  /** Reads a value inside a body, after which the body goes on. */
  private static final ObjectReader NESTED =
      Json.mapper()
          .readerFor(JsonNode.class)
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private String name = "";
  private String datatype = "";
  private JsonNode shape = MissingNode.getInstance();
  private @Nullable List<Value> data;

  private InputTensor() {}

  /** Reads the current value; what is not an object is an input without name, type and data. */
  static InputTensor read(JsonParser json) throws IOException {
    InputTensor input = new InputTensor();
    if (!json.isExpectedStartObjectToken()) {
      json.skipChildren();
      return input;
    }
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "name" -> input.name = String.valueOf(RequestReader.text(json));
        case "datatype" -> input.datatype = String.valueOf(RequestReader.text(json));
        case "shape" -> input.shape = NESTED.readValue(json);
        case "data" -> input.data = data(json);
        default -> json.skipChildren();
      }
    }
    return input;
  }

  String name() {
    return name;
  }

  /** The values, one a row; {@link #rows} has found them to be there. */
  List<Value> values() {
    return data == null ? List.of() : data;
  }

  /**
   * The number of rows.
   *
   * @throws BadRequestException if type, shape and data do not make a column
   */
  int rows() {
    if (!DATATYPES.contains(datatype)) {
      throw new BadRequestException(
          "input '"
              + name
              + "': datatype '"
              + datatype
              + "': expected one of "
              + new TreeSet<>(DATATYPES));
    }
    boolean column = shape.size() == 1 || (shape.size() == 2 && shape.path(1).asInt() == 1);
    if (!shape.isArray() || !column) {
      throw new BadRequestException(
          "input '" + name + "': expected shape [N] or [N, 1], got " + shape);
    }
    int rows = shape.path(0).isInt() ? shape.path(0).intValue() : -1;
    if (rows < 1 || rows > InferenceRequest.MAXIMUM_ROWS) {
      throw new BadRequestException(
          "input '"
              + name
              + "': expected 1 to "
              + InferenceRequest.MAXIMUM_ROWS
              + " rows, got "
              + shape.path(0));
    }
    if (data == null || data.size() != rows) {
      throw new BadRequestException(
          "input '"
              + name
              + "': shape says "
              + rows
              + " rows, data has "
              + (data == null ? "no list" : data.size()));
    }
    return rows;
  }

  private static @Nullable List<Value> data(JsonParser json) throws IOException {
    if (!json.isExpectedStartArrayToken()) {
      json.skipChildren();
      return null;
    }
    List<Value> values = new ArrayList<>();
    boolean nested = false;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      nested |= values.isEmpty() && json.currentToken() == JsonToken.START_ARRAY;
      values.add(value(json, nested));
    }
    return values;
  }

  /**
   * The current value.
   *
   * @param nested whether data of shape [N, 1] comes as a list of rows of one value
   */
  private static Value value(JsonParser json, boolean nested) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> Value.MISSING;
      case VALUE_STRING -> new Value.Text(json.getText());
      case VALUE_TRUE -> new Value.Bool(true);
      case VALUE_FALSE -> new Value.Bool(false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Numeric(number(json));
      case START_ARRAY -> list(json, nested);
      default -> container(NESTED.readValue(json), false);
    };
  }

  /** The current number; as an integer minus zero would lose its sign. */
  private static Number number(JsonParser json) throws IOException {
    Number number = json.getNumberValue();
    return number.equals(0) && json.getText().startsWith("-") ? Double.valueOf(-0.0) : number;
  }

  private static Value list(JsonParser json, boolean nested) throws IOException {
    ArrayNode all = Json.mapper().createArrayNode();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        all.add(Json.mapper().<JsonNode>valueToTree(number(json)));
      } else {
        all.add(NESTED.<JsonNode>readValue(json));
      }
    }
    return container(all, nested);
  }

  private static Value container(JsonNode value, boolean nested) {
    JsonNode inner = nested && value.size() == 1 ? value.path(0) : value;
    if (inner.isNull()) {
      return Value.MISSING;
    }
    if (inner.isTextual()) {
      return new Value.Text(inner.textValue());
    }
    if (inner.isBoolean()) {
      return new Value.Bool(inner.booleanValue());
    }
    return inner.isNumber()
        ? new Value.Numeric(inner.numberValue())
        : new Value.Unusable(inner.isMissingNode() ? value.toString() : inner.toString());
  }
}
