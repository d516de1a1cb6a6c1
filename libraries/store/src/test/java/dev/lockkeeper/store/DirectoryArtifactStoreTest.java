package dev.lockkeeper.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryArtifactStoreTest {

  @TempDir Path folder;

  @Test
  void objectThatIsALink_isRefusedUnread() throws IOException {
    ArtifactStore store = open(ZoneAccess.to(Zone.RAW));
    ArtifactRef ref = store.put(Zone.RAW, new byte[4], "text/csv");
    Files.delete(file(ref));
    Files.createSymbolicLink(file(ref), Path.of("/dev/zero"));

    StoreException refused = assertThrows(StoreException.class, () -> store.open(ref));

    assertTrue(refused.getMessage().contains("it is not a file of its own"), refused.getMessage());
  }

  @Test
  void folderOutsideThatALinkLeadsTo_isNotListed() throws IOException {
    ArtifactStore store = open(ZoneAccess.to(Zone.RAW));
    store.putNamed(Zone.RAW, "a/1", new byte[1]);
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "x");
    Files.createSymbolicLink(folder.resolve("store/raw/named/a/link"), outside);

    assertEquals(List.of("a/1"), store.names(Zone.RAW, "").toList());
  }

  @Test
  void zoneThatCannotBeWritten_isToldAtTheStart() throws IOException {
    Files.writeString(
        Files.createDirectory(folder.resolve("store")).resolve("raw"), "not a folder");
    ArtifactStore store = open(ZoneAccess.NONE.writing(Zone.RAW));

    StoreException refused = assertThrows(StoreException.class, store::requireAccess);

    assertEquals(StoreException.Kind.UNAVAILABLE, refused.kind());
    assertFalse(refused.getMessage().isEmpty());
  }

  private ArtifactStore open(ZoneAccess access) {
    return ArtifactStores.open(folder.resolve("store").toUri(), access);
  }

  private Path file(ArtifactRef ref) {
    return folder
        .resolve("store")
        .resolve(ref.zone().label())
        .resolve("sha256")
        .resolve(ref.sha256());
  }
}
