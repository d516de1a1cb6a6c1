package dev.lockkeeper.serving.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.serving.InferenceResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the inference response of the Open Inference Protocol v2, value by value. */
final class ResponseWriter {

  private static final int FIXED_BYTES = 512;
  private static final int BYTES_A_ROW = 28;

  private ResponseWriter() {}

  static byte[] bytes(InferenceResult result) {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(FIXED_BYTES + BYTES_A_ROW * result.request().rows());
    try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
      write(json, result);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, InferenceResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("model_name", result.endpoint());
    json.writeStringField("model_version", result.version());
    json.writeStringField("id", result.request().id());
    json.writeObjectFieldStart("parameters");
    json.writeStringField("package_root", result.root());
    json.writeNumberField("manifest", result.sequence());
    json.writeBooleanField("canary", result.canary());
    json.writeBooleanField("fell_back", result.fellBack());
    json.writeEndObject();
    json.writeArrayFieldStart("outputs");
    if (result.wants(InferenceResult.PROBABILITY)) {
      startOutput(json, InferenceResult.PROBABILITY, "FP64", result.request().rows());
      for (int row = 0; row < result.request().rows(); row++) {
        json.writeNumber((double) result.probability(row));
      }
      endOutput(json);
    }
    if (result.wants(result.positiveLabel())) {
      startOutput(json, result.positiveLabel(), "BOOL", result.request().rows());
      for (int row = 0; row < result.request().rows(); row++) {
        json.writeBoolean(result.positive(row));
      }
      endOutput(json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void startOutput(JsonGenerator json, String name, String datatype, int rows)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("datatype", datatype);
    json.writeArrayFieldStart("shape");
    json.writeNumber(rows);
    json.writeNumber(1);
    json.writeEndArray();
    json.writeArrayFieldStart("data");
  }

  private static void endOutput(JsonGenerator json) throws IOException {
    json.writeEndArray();
    json.writeEndObject();
  }
}
