package dev.lockkeeper.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.contracts.run.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void codes_areThoseOfTheDocuments() throws IOException {
    List<Integer> documented =
        Pattern.compile("^\\| (\\d) \\|", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../docs/cli.md")))
            .results()
            .map(row -> Integer.valueOf(row.group(1)))
            .toList();

    assertEquals(Arrays.stream(ExitCode.values()).map(ExitCode::code).toList(), documented);
  }

  @Test
  void everyVerdict_hasACodeOfItsOwn() {
    assertEquals(
        List.of(0, 4, 3, 1, 8),
        Arrays.stream(Verdict.values()).map(verdict -> ExitCode.of(verdict).code()).toList());
    assertEquals(0, ExitCode.of(null).code());
  }
}
