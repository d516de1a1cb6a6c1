package dev.lockkeeper.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.formats.run.Role;
import java.util.List;

/**
 * What people are told outside of Temporal.
 *
 * @param id equal when the same alert is raised again after a crash
 * @param from the role that raises it
 * @param subject what it is about, for example {@code taxi-tips@2}
 * @param messages one line each: who must do what until when, or what happened
 * @param details the same for machines; its shape is the raising stage's
 */
public record Alert(String id, Role from, String subject, List<String> messages, JsonNode details) {

  public Alert {
    messages = List.copyOf(messages);
  }
}
