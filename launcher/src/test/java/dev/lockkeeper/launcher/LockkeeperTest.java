package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.Starter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockkeeperTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"demo", "dev", "worker", "gateway"})
  void everyCommand_helpsWithAnExample(String command) {
    assertEquals(0, type(command, "--help"));
    assertTrue(text(out).contains("Example:\n  ./lockkeeper " + command), text(out));
  }

  @Test
  void documentedCommands_areThoseThatHelpLists() throws IOException {
    assertEquals(0, type("--help"));
    List<String> listed =
        Pattern.compile("^  ([a-z-]+) {2,}\\S", Pattern.MULTILINE)
            .matcher(text(out).substring(text(out).indexOf("Commands:")))
            .results()
            .map(line -> line.group(1))
            .toList();
    String page = Files.readString(Path.of("../docs/cli.md"));
    List<String> documented =
        Pattern.compile("^\\| `([a-z-]+)[^|]*` \\|", Pattern.MULTILINE)
            .matcher(page.substring(0, page.indexOf("Every command has")).replace("\\|", ","))
            .results()
            .map(row -> row.group(1))
            .toList();

    assertEquals(listed, documented);
  }

  @Test
  void completion_isAShellScript(@TempDir Path folder) throws Exception {
    assertEquals(0, type("generate-completion"));
    Path script = Files.writeString(folder.resolve("completion"), text(out));
    Process complete =
        new ProcessBuilder(
                "bash",
                "-c",
                ". \"$0\" && COMP_WORDS=(lockkeeper appr) COMP_CWORD=1"
                    + " && _complete_lockkeeper && echo \"${COMPREPLY[@]}\"",
                script.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    String said = new String(complete.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals("approve\n", said);
  }

  @Test
  void unknownRole_isRefusedWithTheRoles() {
    assertEquals(2, type("worker", "--role", "features,cooking"));
    assertTrue(
        text(err).startsWith("error: no role 'cooking': the roles are [pipeline, approval,"),
        text(err));
  }

  private int type(String... arguments) {
    return Starter.execute(
        Lockkeeper.extras(),
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false),
        arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
