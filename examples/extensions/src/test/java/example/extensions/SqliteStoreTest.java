package example.extensions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import dev.lockkeeper.testing.ArtifactStoreContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SqliteStoreTest extends ArtifactStoreContract {

  @Override
  protected ArtifactStore open(ZoneAccess access) {
    return ArtifactStores.open(
        URI.create("sqlite:" + folder.resolve("zones.db").toAbsolutePath()), access);
  }

  @Override
  protected void overwrite(ArtifactRef ref, byte[] content) throws IOException {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("zones.db"));
        PreparedStatement change =
            database.prepareStatement("UPDATE pieces SET content = ? WHERE sha256 = ?")) {
      change.setBytes(1, content);
      change.setString(2, ref.sha256());
      assertEquals(1, change.executeUpdate());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Test
  void objectOfManyPieces_isReadWhole() {
    byte[] content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    ArtifactStore store = open(ZoneAccess.to(Zone.MODELS));

    ArtifactRef ref = store.put(Zone.MODELS, content, "application/octet-stream");

    assertArrayEquals(content, store.read(ref));
  }

  @Test
  void fileThatIsNotADatabase_isUnavailable() throws IOException {
    Files.writeString(folder.resolve("zones.db"), "not a database, and long enough to be read");

    StoreException refused =
        assertThrows(StoreException.class, () -> open(ZoneAccess.to(Zone.MODELS)).requireAccess());

    assertEquals(StoreException.Kind.UNAVAILABLE, refused.kind());
  }

  @Test
  void uriWithoutAPath_isRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ArtifactStores.open(URI.create("sqlite:zones.db"), ZoneAccess.NONE));

    assertTrue(refused.getMessage().contains("expected sqlite:/FILE"), refused.getMessage());
  }
}
