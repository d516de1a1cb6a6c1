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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
    Files.writeString(folder.resolve("store/raw/incoming"), "not a folder");
    ArtifactStore store = open(ZoneAccess.NONE.writing(Zone.RAW));

    StoreException refused = assertThrows(StoreException.class, store::requireAccess);

    assertEquals(StoreException.Kind.UNAVAILABLE, refused.kind());
    assertTrue(refused.getMessage().contains("cannot write to zone 'raw'"), refused.getMessage());
  }

  @Test
  void zoneThatIsUnmounted_isUnavailableUntilItIsBack() throws IOException {
    ArtifactStore store = open(ZoneAccess.to(Zone.RAW));
    ArtifactRef ref = store.put(Zone.RAW, new byte[4], "text/csv");
    store.putNamed(Zone.RAW, "e/1", new byte[1]);
    Path mounted = folder.resolve("store/raw");
    Path away = Files.move(mounted, folder.resolve("away"));
    Files.createDirectory(mounted);

    assertUnavailable(() -> store.readNamed(Zone.RAW, "e/1"));
    assertUnavailable(() -> store.putNamed(Zone.RAW, "e/1", new byte[1]));
    assertUnavailable(() -> store.names(Zone.RAW, "").toList());
    assertUnavailable(() -> store.open(ref));
    assertUnavailable(() -> store.put(Zone.RAW, new byte[4], "text/csv"));
    assertUnavailable(store::requireAccess);
    try (Stream<Path> left = Files.list(mounted)) {
      assertEquals(List.of(), left.toList(), "nothing is written to the empty mount point");
    }

    Files.delete(mounted);
    Files.move(away, mounted);
    assertEquals(List.of("e/1"), store.names(Zone.RAW, "").toList());
    assertEquals(4, store.read(ref).length);
  }

  @Test
  void fileThatAKilledWriterLeft_isRemovedAndOneInWritingIsNot() throws IOException {
    Path incoming = Files.createDirectories(folder.resolve("store/raw/incoming"));
    Path left = Files.writeString(incoming.resolve("object1.part"), "half");
    Path written = Files.writeString(incoming.resolve("object2.part"), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));

    open(ZoneAccess.to(Zone.RAW)).requireAccess();

    assertFalse(Files.exists(left));
    assertTrue(Files.exists(written));
  }

  @Test
  void zoneThatIsMountedAsAnother_isRefusedByItsName() throws IOException {
    ArtifactStore store = open(ZoneAccess.to(Zone.RAW));
    Files.move(folder.resolve("store/raw"), folder.resolve("store/models"));

    StoreException refused =
        assertThrows(StoreException.class, open(ZoneAccess.reading(Zone.MODELS))::requireAccess);

    assertEquals(StoreException.Kind.UNAVAILABLE, refused.kind());
    assertTrue(
        refused.getMessage().contains("zone 'raw' is where zone 'models' should be"),
        refused.getMessage());
    assertUnavailable(store::requireAccess);
  }

  private static void assertUnavailable(Executable call) {
    assertEquals(StoreException.Kind.UNAVAILABLE, assertThrows(StoreException.class, call).kind());
  }

  private ArtifactStore open(ZoneAccess access) {
    return ArtifactStores.open(folder.resolve("store").toUri(), access);
  }

  @BeforeEach
  void createZone() {
    open(ZoneAccess.NONE).createZone(Zone.RAW);
  }

  private Path file(ArtifactRef ref) {
    return folder
        .resolve("store")
        .resolve(ref.zone().label())
        .resolve("sha256")
        .resolve(ref.sha256());
  }
}
