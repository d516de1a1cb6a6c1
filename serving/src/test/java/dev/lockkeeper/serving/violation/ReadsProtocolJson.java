package dev.lockkeeper.serving.violation;

import com.fasterxml.jackson.databind.JsonNode;

/** What the core may not do. */
public final class ReadsProtocolJson {

  /** Reads a member of a JSON request. */
  public String id(JsonNode request) {
    return request.path("id").asText();
  }
}
