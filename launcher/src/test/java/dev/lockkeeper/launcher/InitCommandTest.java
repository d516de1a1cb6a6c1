package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.Starter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

  private static final String HEADER = "id,code,mean radius,town,opened at,member,same,outcome\n";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path data;
  private Path pipeline;

  @BeforeEach
  void write() throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < 400; i++) {
      rows.append("user-").append(i).append(",00").append(i % 7).append(',');
      rows.append(i % 5 == 0 ? "" : String.valueOf(i / 3.0)).append(',');
      rows.append(i % 2 == 0 ? "O'Hare: \\x" : "\"Üter, no\"");
      rows.append(",2026-01-0").append(1 + i % 9).append(" 1").append(i % 8).append(":00:00,");
      rows.append(i % 3 == 0).append(",1,").append(i % 4 == 0 ? "bad" : "good").append('\n');
    }
    data = Files.writeString(folder.resolve("My Loans 2026.csv"), rows);
    pipeline = folder.resolve("my-loans-2026.pipeline.yaml");
  }

  @Test
  void init_writesFilesThatAreValidOnTheirData() throws IOException {
    assertEquals(0, execute("init", data.toString(), "--to", folder.toString()), text(err));

    String written = Files.readString(pipeline);
    assertTrue(written.contains("expression: 'outcome == ''bad'''"), written);
    assertTrue(written.contains("# left out: id, it has 400 different strings"), written);
    assertTrue(written.contains("# left out: same, it has one value at most"), written);
    assertTrue(written.contains("# left out: outcome, the label is made of it"), written);
    assertTrue(written.contains("{name: mean_radius, expression: 'mean_radius'}"), written);
    assertTrue(written.contains("hour(opened_at)"), written);
    assertEquals(0, execute("validate", pipeline.toString(), "--data", data.toString()), text(err));
    assertFalse(text(err).contains("warning"), text(err));
    assertTrue(text(out).contains("is valid: model my-loans-2026"), text(out));
  }

  @Test
  void init_doesNotOverwrite() {
    assertEquals(0, execute("init", data.toString(), "--to", folder.toString()), text(err));

    assertEquals(7, execute("init", data.toString(), "--to", folder.toString()));
    assertTrue(text(err).contains("exists already"), text(err));
  }

  @Test
  void init_withALabelOrNameThatIsWrong_writesNothing() {
    for (String[] wrong : new String[][] {{"--label", "outcome =="}, {"--name", "My Loans"}}) {
      assertEquals(
          2,
          execute("init", data.toString(), "--to", folder.toString(), wrong[0], wrong[1]),
          wrong[1]);
      assertFalse(text(err).contains("unexpected"), text(err));
      assertFalse(Files.exists(pipeline), wrong[1]);
    }
  }

  @Test
  void init_withoutALabelToFind_asksForOne() throws IOException {
    Path numbers = Files.writeString(folder.resolve("n.csv"), "a,b\n1,2.5\n2,3.5\n3,4\n");

    assertEquals(2, execute("init", numbers.toString(), "--to", folder.toString()));
    assertTrue(text(err).contains("--label EXPRESSION says what to predict"), text(err));
    assertTrue(text(err).contains("the columns are a, b"), text(err));
  }

  @Test
  void validateWithData_warnsOfFeaturesThatTellTheOutcomeOrNothing() throws IOException {
    execute("init", data.toString(), "--to", folder.toString());
    Files.writeString(
        pipeline,
        Files.readString(pipeline)
            .replace(
                "  label:",
                "    - {name: leak, expression: \"number(outcome == 'bad')\"}\n"
                    + "    - {name: nothing, expression: mean_radius * 0}\n  label:"));

    assertEquals(0, execute("validate", pipeline.toString(), "--data", data.toString()), text(err));
    assertTrue(text(err).contains("reads column 'outcome', which the label is made of"), text(err));
    assertTrue(text(err).contains("feature 'nothing' is the same in all"), text(err));
  }

  @Test
  void validateWithData_namesTheRulesThatTheDataBreaks() throws IOException {
    execute("init", data.toString(), "--to", folder.toString());
    Path other =
        Files.writeString(folder.resolve("o.csv"), HEADER + "a,001,x,\"Üter, no\",y,true,1,good\n");

    assertEquals(2, execute("validate", pipeline.toString(), "--data", other.toString()));
    assertTrue(text(err).contains("column 'mean radius', type: expected a number"), text(err));
    assertTrue(text(err).contains("column 'opened at', type: expected a timestamp"), text(err));
  }

  private int execute(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", folder.resolve("state").toString()));
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return Starter.execute(Lockkeeper.extras(), console, all.toArray(String[]::new));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
