package dev.lockkeeper.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What any {@link ArtifactStore} must do. An implementation's test extends it, opens a store that
 * begins empty, and says how its objects are changed behind its back.
 */
public abstract class ArtifactStoreContract {

  private static final ZoneAccess EVERYTHING =
      ZoneAccess.to(
          Zone.RAW, Zone.MODELS, Zone.DEPLOYMENTS, Zone.EVIDENCE, Zone.REPORTS, Zone.INFERENCE_LOG);
  private static final List<String> NAMES =
      List.of("a/1", "a/2/x", "a/2/y", "a/3", "a-b", "a.c/1", "ab/1", "b", "c/d/e/f");

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  protected Path folder;

  /** Opens a store on the same empty place each time within one test. */
  protected abstract ArtifactStore open(ZoneAccess access);

  /** Replaces the bytes of an object that lies in the store. */
  protected abstract void overwrite(ArtifactRef ref, byte[] content) throws IOException;

  private ArtifactStore open() {
    return open(EVERYTHING);
  }

  @BeforeEach
  void createZones() {
    EVERYTHING.all().forEach(open(ZoneAccess.NONE)::createZone);
  }

  @Test
  void zoneThatWasNotMade_isUnavailableAndNotEmpty() throws IOException {
    ArtifactStore absent = open(ZoneAccess.to(Zone.CANDIDATES));
    ArtifactRef ref = new ArtifactRef(Zone.CANDIDATES, Digests.sha256("rows"), 4, "text/csv");
    Path file = Files.writeString(folder.resolve("rows.csv"), "rows");

    assertFails(StoreException.Kind.UNAVAILABLE, absent::requireAccess);
    assertFails(StoreException.Kind.UNAVAILABLE, () -> absent.open(ref));
    assertFails(StoreException.Kind.UNAVAILABLE, () -> absent.contains(ref));
    assertFails(StoreException.Kind.UNAVAILABLE, () -> absent.readNamed(Zone.CANDIDATES, "a"));
    assertFails(
        StoreException.Kind.UNAVAILABLE, () -> absent.listNamed(Zone.CANDIDATES, "", "", 1));
    assertFails(StoreException.Kind.UNAVAILABLE, () -> absent.names(Zone.CANDIDATES, "").toList());
    assertFails(
        StoreException.Kind.UNAVAILABLE,
        () -> absent.put(Zone.CANDIDATES, bytes("rows"), "text/csv"));
    assertFails(
        StoreException.Kind.UNAVAILABLE, () -> absent.put(Zone.CANDIDATES, file, "text/csv"));
    assertFails(
        StoreException.Kind.UNAVAILABLE, () -> absent.putNamed(Zone.CANDIDATES, "a", bytes("x")));

    absent.createZone(Zone.CANDIDATES);
    absent.requireAccess();
    assertFalse(absent.contains(ref));
    assertEquals(List.of(), absent.names(Zone.CANDIDATES, "").toList());
  }

  @Test
  void zoneThatIsMadeAgain_keepsWhatItHas() {
    open().putNamed(Zone.DEPLOYMENTS, "e/1", bytes("one"));

    open().createZone(Zone.DEPLOYMENTS);

    assertArrayEquals(bytes("one"), open().readNamed(Zone.DEPLOYMENTS, "e/1").orElseThrow());
  }

  @Test
  void object_isFoundUnderItsDigest() {
    ArtifactRef ref = open().put(Zone.RAW, bytes("rows"), "text/csv");

    assertEquals(new ArtifactRef(Zone.RAW, Digests.sha256("rows"), 4, "text/csv"), ref);
    assertArrayEquals(bytes("rows"), open().read(ref));
    assertTrue(open().contains(ref));
  }

  @Test
  void object_isTheSameFromAFileAndFromBytes() throws IOException {
    Path file = Files.writeString(folder.resolve("rows.csv"), "rows");

    assertEquals(
        open().put(Zone.RAW, bytes("rows"), "text/csv"), open().put(Zone.RAW, file, "text/csv"));
  }

  @Test
  void object_isInItsOwnZoneOnly() {
    ArtifactRef ref = open().put(Zone.RAW, bytes("rows"), "text/csv");
    ArtifactRef elsewhere =
        new ArtifactRef(Zone.MODELS, ref.sha256(), ref.bytes(), ref.mediaType());

    assertFalse(open().contains(elsewhere));
    assertFails(StoreException.Kind.MISSING, () -> open().read(elsewhere));
    assertFails(StoreException.Kind.MISSING, () -> open().localCopy(elsewhere, folder));
  }

  @Test
  void emptyObject_isRead() {
    ArtifactRef ref = open().put(Zone.RAW, new byte[0], "text/csv");

    assertEquals(0, open().read(ref).length);
  }

  @Test
  void localCopy_hasTheBytesAndIsCalledByTheDigest() throws IOException {
    ArtifactRef ref = open().put(Zone.RAW, bytes("rows"), "text/csv");

    Path copy = open().localCopy(ref, folder);

    assertEquals(folder.resolve(ref.sha256()), copy);
    assertEquals("rows", Files.readString(copy));
  }

  @Test
  void stream_givesTheBytesInPieces() throws IOException {
    byte[] content = new byte[100_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31);
    }
    ArtifactRef ref = open().put(Zone.RAW, content, "application/octet-stream");
    try (InputStream in = open().open(ref)) {
      assertEquals(content[0], (byte) in.read());
      assertEquals(50_000, in.skip(50_000));
      byte[] rest = in.readAllBytes();
      assertEquals(content.length - 50_001, rest.length);
      assertEquals(content[content.length - 1], rest[rest.length - 1]);
      assertEquals(-1, in.read());
    }
  }

  @Test
  void objectOfOtherBytes_isCorrupt() throws IOException {
    ArtifactRef ref = open().put(Zone.RAW, bytes("rows"), "text/csv");
    overwrite(ref, bytes("rowz"));

    assertCorrupt(ref);
  }

  @Test
  void objectThatGrew_isCorrupt() throws IOException {
    ArtifactRef ref = open().put(Zone.RAW, bytes("rows"), "text/csv");
    overwrite(ref, bytes("rows, and more of them"));

    assertCorrupt(ref);
  }

  @Test
  void objectThatShrank_isCorrupt() throws IOException {
    ArtifactRef ref = open().put(Zone.RAW, bytes("rows"), "text/csv");
    overwrite(ref, bytes("row"));

    assertCorrupt(ref);
  }

  @Test
  void corruptStream_failsBeforeItsLastByte() throws IOException {
    byte[] content = new byte[100_000];
    ArtifactRef ref = open().put(Zone.RAW, content, "application/octet-stream");
    content[0] = 1;
    overwrite(ref, content);

    assertFails(
        StoreException.Kind.CORRUPT,
        () -> {
          try (InputStream in = open().open(ref)) {
            in.readNBytes(content.length);
          }
        });
  }

  @Test
  void namedObject_isNeverOverwritten() {
    assertTrue(open().putNamed(Zone.DEPLOYMENTS, "e/1", bytes("one")));
    assertFalse(open().putNamed(Zone.DEPLOYMENTS, "e/1", bytes("two")));

    assertArrayEquals(bytes("one"), open().readNamed(Zone.DEPLOYMENTS, "e/1").orElseThrow());
    assertTrue(open().readNamed(Zone.DEPLOYMENTS, "e/2").isEmpty());
  }

  @Test
  void writersThatRace_haveOneWinnerWhoseBytesStay() throws Exception {
    int writers = 8;
    CyclicBarrier together = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int round = 0; round < 10; round++) {
        String name = "race/" + round;
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          byte[] content = bytes("writer " + writer);
          racers.add(
              () -> {
                together.await();
                return open().putNamed(Zone.EVIDENCE, name, content);
              });
        }
        List<Future<Boolean>> results = threads.invokeAll(racers);
        List<Integer> winners = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          if (results.get(writer).get()) {
            winners.add(writer);
          }
        }
        assertEquals(1, winners.size(), name);
        assertArrayEquals(
            bytes("writer " + winners.get(0)), open().readNamed(Zone.EVIDENCE, name).orElseThrow());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void zoneBeyondItsAccess_isDenied() {
    ArtifactRef ref = open().put(Zone.RAW, bytes("rows"), "text/csv");
    ArtifactStore writer = open(ZoneAccess.NONE.writing(Zone.RAW));
    ArtifactStore reader = open(ZoneAccess.reading(Zone.RAW));

    assertFails(StoreException.Kind.DENIED, () -> writer.open(ref));
    assertFails(StoreException.Kind.DENIED, () -> writer.read(ref));
    assertFails(StoreException.Kind.DENIED, () -> writer.localCopy(ref, folder));
    assertFails(StoreException.Kind.DENIED, () -> writer.readNamed(Zone.RAW, "a"));
    assertFails(StoreException.Kind.DENIED, () -> writer.listNamed(Zone.RAW, "", "", 1));
    assertFails(StoreException.Kind.DENIED, () -> writer.names(Zone.RAW, "").toList());
    assertFails(StoreException.Kind.DENIED, () -> reader.put(Zone.RAW, bytes("more"), "text/csv"));
    assertFails(StoreException.Kind.DENIED, () -> reader.putNamed(Zone.RAW, "a", bytes("more")));
    assertArrayEquals(bytes("rows"), reader.read(ref));
  }

  @Test
  void names_areSortedByTheirCharacters() {
    putAll();

    assertEquals(
        List.of("a-b", "a.c/1", "a/1", "a/2/x", "a/2/y", "a/3", "ab/1", "b", "c/d/e/f"),
        open().names(Zone.EVIDENCE, "").toList());
  }

  @Test
  void names_haveThePrefix() {
    putAll();

    assertEquals(List.of("a/1", "a/2/x", "a/2/y", "a/3"), names("a/", ""));
    assertEquals(List.of("a/2/x", "a/2/y"), names("a/2", ""));
    assertEquals(List.of("a-b", "a.c/1", "a/1", "a/2/x", "a/2/y", "a/3", "ab/1"), names("a", ""));
    assertEquals(List.of(), names("nothing/", ""));
    assertEquals(List.of(), open().names(Zone.REPORTS, "").toList());
  }

  @Test
  void names_areAfterTheCursor() {
    putAll();

    assertEquals(List.of("ab/1", "b", "c/d/e/f"), names("", "a/3"));
    assertEquals(List.of("a/2/y", "a/3"), names("a/", "a/2/x"));
    assertEquals(List.of("a/2/x", "a/2/y", "a/3"), names("a/", "a/1zz"));
    assertEquals(List.of("a/1", "a/2/x", "a/2/y", "a/3", "ab/1", "b", "c/d/e/f"), names("", "a/"));
    assertEquals(List.of(), names("a/", "a/3"));
    assertEquals(List.of(), names("a/", "b"));
  }

  @Test
  void pages_giveEveryNameOnce() {
    putAll();
    for (int limit = 1; limit <= NAMES.size() + 1; limit++) {
      List<String> paged = new ArrayList<>();
      ArtifactStore.NamePage page;
      do {
        String after = paged.isEmpty() ? "" : paged.get(paged.size() - 1);
        page = open().listNamed(Zone.EVIDENCE, "", after, limit);
        assertTrue(page.names().size() <= limit);
        assertFalse(page.more() && page.names().isEmpty());
        paged.addAll(page.names());
      } while (page.more());

      assertEquals(NAMES.stream().sorted().toList(), paged, "pages of " + limit);
    }
  }

  @Test
  void names_ofManyPagesAreAllThere() {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 1_050; i++) {
      written.add(String.format("log/%06d", i));
      open().putNamed(Zone.INFERENCE_LOG, written.get(i), bytes("x"));
    }

    assertEquals(written, open().names(Zone.INFERENCE_LOG, "log/").toList());
    try (Stream<String> names = open().names(Zone.INFERENCE_LOG, "log/", "log/000999")) {
      Iterator<String> first = names.iterator();
      assertEquals("log/001000", first.next());
    }
  }

  @Test
  void pageOfNoNames_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> open().listNamed(Zone.EVIDENCE, "", "", 0));
  }

  @Test
  void nameThatLeavesTheZone_isRefused() {
    for (String name : List.of("../x", "a/../../x", "/x", "a//b", "a/./b", "a b", "", "a/")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> open().putNamed(Zone.DEPLOYMENTS, name, bytes("x")),
          name);
    }
    assertThrows(
        IllegalArgumentException.class, () -> open().listNamed(Zone.EVIDENCE, "../", "", 1));
  }

  private void putAll() {
    NAMES.forEach(name -> open().putNamed(Zone.EVIDENCE, name, bytes(name)));
  }

  private List<String> names(String prefix, String after) {
    return open().names(Zone.EVIDENCE, prefix, after).toList();
  }

  private void assertCorrupt(ArtifactRef ref) {
    assertFails(StoreException.Kind.CORRUPT, () -> open().read(ref));
    assertFails(StoreException.Kind.CORRUPT, () -> open().localCopy(ref, folder));
  }

  private static void assertFails(StoreException.Kind kind, Executable call) {
    assertEquals(kind, assertThrows(StoreException.class, call).kind());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
