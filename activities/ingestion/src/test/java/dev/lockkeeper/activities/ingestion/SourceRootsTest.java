package dev.lockkeeper.activities.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.stage.StageSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRootsTest {

  @TempDir Path folder;
  private Path data;
  private Path other;
  private Path state;

  @BeforeEach
  void makeFolders() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    other = Files.createDirectories(folder.resolve("other"));
    state = Files.createDirectories(folder.resolve("state"));
  }

  @Test
  void fileBelowARoot_isASource() throws IOException {
    Path file = write(data.resolve("2026/trips.csv"));
    assertEquals(file.toRealPath(), roots(data).require(source(file)));
    assertEquals(file.toRealPath(), both().require(source(file)));
  }

  @Test
  void fileOutsideEveryRoot_isRefusedWhetherItExistsOrNot() throws IOException {
    Path there = write(other.resolve("passwd"));
    assertRefused(roots(data), there, "outside of the folders [" + data + "]");
    assertRefused(roots(data), other.resolve("absent"), "outside of the folders [" + data + "]");
    assertRefused(roots(data), data.resolve("../other/passwd"), "outside of the folders");
    assertRefused(roots(data), folder.resolve("data-of-others"), "outside of the folders");
  }

  @Test
  void linkThatLeavesTheRoot_isRefused() throws IOException {
    Path file = write(other.resolve("passwd"));
    assertRefused(
        roots(data), Files.createSymbolicLink(data.resolve("link.csv"), file), "outside of");
    Files.createSymbolicLink(data.resolve("folder"), other);
    assertRefused(roots(data), data.resolve("folder/passwd"), "outside of");
  }

  @Test
  void linkToARoot_isTheRoot() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);
    Path file = write(data.resolve("trips.csv"));
    assertEquals(file.toRealPath(), roots(link).require(source(link.resolve("trips.csv"))));
  }

  @Test
  void stateFolder_hasNoSourceButADemosData() throws IOException {
    Path key = write(state.resolve("keys/registry.pem"));
    Path link = Files.createSymbolicLink(data.resolve("key.csv"), key);
    for (SourceRoots roots : new SourceRoots[] {anywhere(), roots(folder)}) {
      assertRefused(roots, key, "inside the state folder");
      assertRefused(roots, link, "inside the state folder");
      assertRefused(roots, state.resolve("demo/../keys/registry.pem"), "inside the state folder");
      assertRefused(roots, write(state.resolve("temporal.db")), "inside the state folder");
    }
    Path trips = write(state.resolve("demo/trips.csv"));
    assertEquals(trips.toRealPath(), anywhere().require(source(trips)));
  }

  private SourceRoots roots(Path root) {
    return SourceRoots.of(
        Map.of(SourceRoots.SETTING, root.toString(), StageSettings.STATE, state.toString()));
  }

  private SourceRoots both() {
    return SourceRoots.of(Map.of(SourceRoots.SETTING, other + File.pathSeparator + data));
  }

  private SourceRoots anywhere() {
    return SourceRoots.of(Map.of(StageSettings.STATE, state.toString()));
  }

  private static void assertRefused(SourceRoots roots, Path file, String why) {
    StageException refused =
        assertThrows(StageException.class, () -> roots.require(source(file)), file.toString());
    assertEquals(FailureType.SOURCE_REFUSED, refused.type());
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  private static Path write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "fare\n1\n");
  }

  private static SourceSpecification source(Path file) {
    return new SourceSpecification(file.toString(), SourceFormat.CSV, ",", null);
  }
}
