package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.starter.CliExtensions;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.Starter;
import dev.lockkeeper.starter.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Types commands as a person would, in this process, on one state folder.
 *
 * @param state the state folder
 * @param telemetry how commands trace
 */
record Terminal(StateFolder state, Telemetry telemetry) {

  /** What a command answered. */
  record Answer(int exitCode, String out, String err) {}

  /** A console that nobody reads. */
  static Console quiet() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Console(nowhere, nowhere, false);
  }

  Answer type(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", state.path().toString()));
    CliExtensions extras =
        new CliExtensions(
            new CompiledSpecification(), telemetry, new DeploymentKeyRollback(), List.of());
    int exitCode = Starter.execute(extras, console, all.toArray(String[]::new));
    return new Answer(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The whole of standard output of a command that succeeds, asked for JSON. */
  JsonNode json(String... command) {
    String[] asked = Arrays.copyOf(command, command.length + 2);
    asked[command.length] = "--output";
    asked[command.length + 1] = "json";
    Answer answer = type(asked);
    assertEquals(0, answer.exitCode(), answer.err());
    return Json.read(answer.out().getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  JsonNode status(String run) {
    Answer status = type("status", run, "--output", "json");
    assertTrue(status.out().startsWith("{"), status.err());
    return Json.read(status.out().getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  /** Waits until a stage is in a state, or the run has ended. */
  JsonNode await(String run, String stage, String state) {
    return await(
        run,
        status ->
            !status.path("verdict").isNull()
                || stage(status, stage).path("state").asText().equals(state));
  }

  JsonNode awaitEnd(String run) {
    return await(run, status -> !status.path("verdict").isNull());
  }

  /** Waits until a condition on a run is met. */
  JsonNode await(String run, Predicate<JsonNode> condition) {
    return Await.until(() -> status(run), condition);
  }

  static JsonNode stage(JsonNode run, String name) {
    for (JsonNode stage : run.path("stages")) {
      if (stage.path("stage").asText().equals(name)) {
        return stage;
      }
    }
    throw new AssertionError("no stage " + name + " in " + run);
  }
}
