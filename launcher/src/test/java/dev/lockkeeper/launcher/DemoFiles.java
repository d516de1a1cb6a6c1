package dev.lockkeeper.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The demo's pipelines and contract, for tests to change. */
final class DemoFiles {

  private DemoFiles() {}

  static Path copy(String name, Path folder, UnaryOperator<String> change) throws IOException {
    try (var in = DemoCommand.class.getResourceAsStream("demo/" + name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Files.writeString(folder.resolve(name), change.apply(text));
    }
  }

  /** A canary that is over without traffic, in so many seconds. */
  static String soon(String pipeline, int seconds) {
    return pipeline
        .replaceAll("minimumRequests: \\d+", "minimumRequests: 0")
        .replaceAll("bake: 2s", "bake: " + seconds + "s");
  }

  /** A watch that compares every other second, once there are so many predictions. */
  static String watched(String pipeline, int rows) {
    return pipeline.replace("every: 30s, minimumRows: 500", "every: 2s, minimumRows: " + rows);
  }
}
