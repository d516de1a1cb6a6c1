package dev.lockkeeper.attestation.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.DirectoryArtifactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredPackagesTest {

  @TempDir Path folder;
  private ArtifactStore store;

  @BeforeEach
  void open() throws IOException {
    store =
        new DirectoryArtifactStore(
            new StateFolder(folder.resolve("state")).initialise(List.of()).store(),
            Set.of(Zone.MODELS),
            Set.of(Zone.MODELS));
  }

  @Test
  void tenthVersion_comesAfterTheNinth() {
    for (String version : List.of("10", "9", "2.0-rc1", "2.0", "1")) {
      store.putNamed(Zone.MODELS, "models/tips/" + version + ".json", new byte[] {'{', '}'});
    }
    assertEquals(
        List.of("1", "2.0", "2.0-rc1", "9", "10"),
        new RegisteredPackages(store).versions("tips").stream().map(RunId::version).toList());
  }

  @Test
  void listedPackage_isFound() throws IOException {
    ModelPackage made = new SignedRelease(folder.resolve("release")).pack();
    RegisteredPackages packages = new RegisteredPackages(store);
    packages.register(made);
    assertEquals(made, packages.find(new RunId("tips", "1")).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"model\":\"tips\",\"version\":\"1\"}"})
  void brokenEntry_isRefused(String entry) {
    store.putNamed(Zone.MODELS, "models/tips/1.json", entry.getBytes(StandardCharsets.UTF_8));
    CustodyException refused =
        assertThrows(
            CustodyException.class,
            () -> new RegisteredPackages(store).find(new RunId("tips", "1")));
    assertTrue(
        refused.getMessage().startsWith("the list of packages contains no "), refused.getMessage());
  }
}
