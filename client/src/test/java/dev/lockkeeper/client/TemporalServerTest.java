package dev.lockkeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalServerTest {

  private final String home = System.getProperty("user.home");
  @TempDir private Path folder;

  @BeforeEach
  void moveHome() {
    System.setProperty("user.home", folder.toString());
  }

  @AfterEach
  void restoreHome() {
    System.setProperty("user.home", home);
  }

  @Test
  void withoutAFile_nothingIsConfigured() {
    assertEquals(Optional.empty(), TemporalServer.configured());
  }

  @Test
  void fileInTheHome_isRead() throws IOException {
    write("[profile.default]\naddress = \"far:7233\"\nnamespace = \"models\"\n");
    TemporalServer server = TemporalServer.configured().orElseThrow();
    assertEquals("far:7233", server.address());
    assertEquals("models", server.namespace());
  }

  @Test
  void fileThatCannotBeRead_isNamed() throws IOException {
    write("profile = [");
    ClientException refused = assertThrows(ClientException.class, TemporalServer::configured);
    assertEquals(ClientException.Kind.CONFIGURATION, refused.kind());
    assertTrue(refused.detail().startsWith("cannot be used: "), refused.detail());
  }

  /** Where Temporal's tools look, on Linux and on macOS. */
  private void write(String toml) throws IOException {
    for (String place : new String[] {".config", "Library/Application Support"}) {
      Path file = folder.resolve(place).resolve("temporalio/temporal.toml");
      Files.createDirectories(file.getParent());
      Files.writeString(file, toml);
    }
  }
}
