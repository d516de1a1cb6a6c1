package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The commands under one heading of a page of the documents, so that what a test runs is what the
 * page says.
 *
 * @param lines one command each
 */
record PageCommands(List<String> lines) {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String INDENT = "    ";

  /**
   * Reads them.
   *
   * @param page from the root of the repository
   * @param heading as it stands in the page, without the signs before it
   */
  static PageCommands of(String page, String heading) throws IOException {
    List<String> lines =
        Files.readAllLines(ROOT.resolve(page)).stream()
            .dropWhile(line -> !line.matches("#+ \\Q" + heading + "\\E"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("#"))
            .filter(line -> line.startsWith(INDENT))
            .map(line -> line.substring(INDENT.length()))
            .toList();
    assertFalse(lines.isEmpty(), "no command under '" + heading + "' of " + page);
    return new PageCommands(lines);
  }

  /** Those that contain a text. */
  PageCommands with(String text) {
    List<String> some = lines.stream().filter(line -> line.contains(text)).toList();
    assertFalse(some.isEmpty(), "no command has '" + text + "': " + lines);
    return new PageCommands(some);
  }

  /**
   * Types them one after the other; each must succeed.
   *
   * @param folder where they are typed; the page's {@code deploy/} is the repository's
   * @param places what stands in the place of a word of the page
   */
  void type(Path folder, Map<String, String> places) throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "commands", ".log");
    assertEquals(0, exitCode(folder, places, said), () -> read(said));
  }

  /** As above, where they may fail; answers whether each has succeeded. */
  boolean succeed(Path folder, Map<String, String> places)
      throws IOException, InterruptedException {
    return exitCode(folder, places, Files.createTempFile(folder, "commands", ".log")) == 0;
  }

  private int exitCode(Path folder, Map<String, String> places, Path said)
      throws IOException, InterruptedException {
    String script = lines.stream().collect(Collectors.joining("\n", "set -eux\n", "\n"));
    script = script.replace("deploy/", ROOT.resolve("deploy") + "/");
    for (Map.Entry<String, String> place : places.entrySet()) {
      script = script.replace(place.getKey(), place.getValue());
    }
    return new ProcessBuilder("bash", "-c", script)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start()
        .waitFor();
  }

  private static String read(Path said) {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
