package dev.lockkeeper.serving.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.serving.BadRequestException;
import dev.lockkeeper.serving.InferenceRequest;
import dev.lockkeeper.serving.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one request of the Open Inference Protocol v2 from its JSON, token by token. */
final class RequestReader {

  private final JsonParser json;
  private final List<InputTensor> inputs = new ArrayList<>();
  private final Set<String> outputs = new TreeSet<>();
  private @Nullable String id;
  private @Nullable String routingKey;

  private RequestReader(JsonParser json) {
    this.json = json;
  }

  /**
   * Reads a request.
   *
   * @param routingHeader the routing key if the body has none; null for the request's id
   * @throws BadRequestException if it is not a request; the message says where and what to do
   */
  static InferenceRequest read(byte[] body, @Nullable String routingHeader) {
    try (JsonParser json = Json.mapper().getFactory().createParser(body)) {
      json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      RequestReader reader = new RequestReader(json);
      reader.readBody();
      return reader.request(routingHeader);
    } catch (IOException e) {
      throw new BadRequestException("the body is not JSON" + where(e), e);
    }
  }

  private void readBody() throws IOException {
    if (json.nextToken() == JsonToken.START_OBJECT) {
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        readField(field);
      }
    } else {
      json.skipChildren();
    }
    if (json.currentToken() != null && json.nextToken() != null) {
      throw new BadRequestException(
          "the body is not JSON"
              + at(json.currentTokenLocation())
              + ": expected its end after the request");
    }
  }

  private void readField(String field) throws IOException {
    switch (field) {
      case "id" -> id = text(json);
      case "inputs" -> readInputs();
      case "outputs" -> readOutputs();
      case "parameters" -> readParameters();
      default -> json.skipChildren();
    }
  }

  private void readInputs() throws IOException {
    if (!json.isExpectedStartArrayToken()) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      inputs.add(InputTensor.read(json));
    }
  }

  private void readOutputs() throws IOException {
    if (!json.isExpectedStartArrayToken()) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      outputs.add(String.valueOf(member("name", "")));
    }
  }

  private void readParameters() throws IOException {
    routingKey = member("routing_key", null);
  }

  /** A text member of the current value; the others are passed over. */
  private @Nullable String member(String name, @Nullable String otherwise) throws IOException {
    String found = otherwise;
    if (!json.isExpectedStartObjectToken()) {
      json.skipChildren();
      return found;
    }
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      if (field.equals(name)) {
        found = text(json);
      } else {
        json.skipChildren();
      }
    }
    return found;
  }

  /** The current value as text: empty if it is a list or an object, null if it is null. */
  static @Nullable String text(JsonParser json) throws IOException {
    if (json.currentToken().isScalarValue()) {
      return json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText();
    }
    json.skipChildren();
    return "";
  }

  private InferenceRequest request(@Nullable String routingHeader) {
    if (inputs.isEmpty()) {
      throw new BadRequestException("inputs: expected a list with one entry a column");
    }
    Map<String, List<Value>> columns = new LinkedHashMap<>();
    int rows = -1;
    for (InputTensor input : inputs) {
      int size = input.rows();
      if (rows >= 0 && size != rows) {
        throw new BadRequestException(
            "input '" + input.name() + "': " + size + " rows, the inputs before have " + rows);
      }
      rows = size;
      if (columns.put(input.name(), input.values()) != null) {
        throw new BadRequestException("input '" + input.name() + "' is there twice");
      }
    }
    String name = id != null ? id : UUID.randomUUID().toString();
    if (name.length() > InferenceRequest.LONGEST_ID) {
      throw new BadRequestException(
          "id: " + name.length() + " characters: expected at most " + InferenceRequest.LONGEST_ID);
    }
    String header = routingHeader != null ? routingHeader : name;
    return new InferenceRequest(
        name, routingKey != null ? routingKey : header, rows, columns, outputs);
  }

  private static String where(IOException e) {
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      return at(json.getLocation()) + ": " + json.getOriginalMessage();
    }
    return ": " + e.getMessage();
  }

  private static String at(JsonLocation at) {
    return " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
