package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.ZoneAccess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/prune-inference-log}, as an operator runs it. */
class PrunedInferenceLogTest {

  private static final String SCRIPT =
      Path.of("").toAbsolutePath().getParent().resolve("deploy/prune-inference-log").toString();

  @TempDir private Path zones;

  @Test
  void daysBeforeTheLimit_goAndNoOthers() throws Exception {
    ArtifactStore store = ArtifactStores.open(zones.toUri(), ZoneAccess.to(Zone.INFERENCE_LOG));
    store.createZone(Zone.INFERENCE_LOG);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (int age : new int[] {40, 31, 30, 29, 0}) {
      String day = "tips/" + today.minusDays(age) + "/07/0-g-" + age + ".jsonl";
      store.putNamed(Zone.INFERENCE_LOG, day, new byte[] {1});
    }

    assertEquals(0, prune("30"));

    List<String> kept = store.names(Zone.INFERENCE_LOG, "tips/").collect(Collectors.toList());
    assertEquals(
        List.of(
            "tips/" + today.minusDays(30) + "/07/0-g-30.jsonl",
            "tips/" + today.minusDays(29) + "/07/0-g-29.jsonl",
            "tips/" + today + "/07/0-g-0.jsonl"),
        kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1", "-3", "x"})
  void wrongNumberOfDays_isRefused(String days) throws Exception {
    assertEquals(2, prune(days));
    assertTrue(Files.readString(said()).contains("2 or more"), Files.readString(said()));
  }

  @Test
  void folderThatIsNotAZone_isLeftAlone() throws Exception {
    Path day = Files.createDirectories(zones.resolve("inference-log/named/tips/2001-01-01"));

    assertEquals(2, prune("30"));
    assertTrue(Files.exists(day));
    assertTrue(
        Files.readString(said(), StandardCharsets.UTF_8).contains("is it mounted"),
        Files.readString(said()));
  }

  private Path said() {
    return zones.resolve("said");
  }

  private int prune(String days) throws Exception {
    return new ProcessBuilder("sh", SCRIPT, zones.toString(), days)
        .redirectErrorStream(true)
        .redirectOutput(said().toFile())
        .start()
        .waitFor();
  }
}
