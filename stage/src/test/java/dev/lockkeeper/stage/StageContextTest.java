package dev.lockkeeper.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.fixtures.CountFormat;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StageContextTest {

  private static final RunContext RUN = new RunContext("m@1", "r", "default", "m", "1", "ann", "d");

  private static final List<Role> SIGNING =
      List.of(Role.INGESTION, Role.FEATURES, Role.TRAINING, Role.DEPLOYMENT);

  @TempDir Path folder;
  private StateFolder state;

  @BeforeEach
  void initialise() throws IOException {
    state = new StateFolder(folder.resolve("state")).initialise(SIGNING);
  }

  @Test
  void object_isWrittenOnceUnderItsDigest() throws IOException {
    StageContext context = open(Role.INGESTION);
    ArtifactRef ref = context.store().put(Zone.RAW, bytes("rows"), "text/csv");
    assertEquals(ref, context.store().put(Zone.RAW, bytes("rows"), "text/csv"));
    assertArrayEquals(bytes("rows"), context.store().read(ref));
    assertEquals("lockkeeper://raw/sha256/" + Digests.sha256("rows"), ref.uri());
  }

  @Test
  void changedObject_isRefused() throws IOException {
    StageContext context = open(Role.INGESTION);
    ArtifactRef ref = context.store().put(Zone.RAW, bytes("rows"), "text/csv");
    Path file = state.store().resolve("raw/sha256").resolve(ref.sha256());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "rowz");
    assertChanged(ref, () -> context.store().read(ref));
    assertChanged(ref, () -> context.store().localCopy(ref, folder));
  }

  @Test
  void objectThatBecameEndless_isRefusedUnread() throws IOException {
    StageContext context = open(Role.INGESTION);
    ArtifactRef ref = context.store().put(Zone.RAW, bytes("rows"), "text/csv");
    Path file = state.store().resolve("raw/sha256").resolve(ref.sha256());
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("/dev/zero"));
    assertCorrupt("it is not a file of its own", () -> context.store().read(ref));
    assertCorrupt("it is not a file of its own", () -> context.store().localCopy(ref, folder));
  }

  @Test
  void objectThatGrew_isRefusedUnread() throws IOException {
    StageContext context = open(Role.INGESTION);
    ArtifactRef ref = context.store().put(Zone.RAW, bytes("rows"), "text/csv");
    Path file = state.store().resolve("raw/sha256").resolve(ref.sha256());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "rows, and more of them");
    assertCorrupt("it has 22 bytes, not 4", () -> context.store().read(ref));
  }

  private static void assertCorrupt(String why, Runnable read) {
    StoreException refused = assertThrows(StoreException.class, read::run);
    assertEquals(StoreException.Kind.CORRUPT, refused.kind());
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  @Test
  void namedObject_isNeverOverwritten() throws IOException {
    ArtifactStore store = open(Role.DEPLOYMENT).store();
    assertTrue(store.putNamed(Zone.DEPLOYMENTS, "e/1", bytes("one")));
    assertFalse(store.putNamed(Zone.DEPLOYMENTS, "e/1", bytes("two")));
    assertArrayEquals(bytes("one"), store.readNamed(Zone.DEPLOYMENTS, "e/1").orElseThrow());
    assertEquals(List.of("e/1"), store.names(Zone.DEPLOYMENTS, "e/").toList());
  }

  @Test
  void nameThatLeavesTheZone_isRefused() throws IOException {
    ArtifactStore store = open(Role.DEPLOYMENT).store();
    assertThrows(
        IllegalArgumentException.class, () -> store.putNamed(Zone.DEPLOYMENTS, "../x", bytes("x")));
  }

  @Test
  void everyZoneBeyondAStagesDeclaration_isDenied() throws IOException {
    ArtifactStore store =
        StageContext.open(
                state, Role.FEATURES, ZoneAccess.reading(Zone.PROCESSED).writing(Zone.FEATURES))
            .store();
    assertDenied(() -> store.put(Zone.PROCESSED, bytes("x"), "text/plain"));
    assertDenied(() -> store.readNamed(Zone.FEATURES, "x"));
    assertDenied(() -> store.put(Zone.MODELS, bytes("x"), "text/plain"));
    assertDenied(() -> store.readNamed(Zone.MODELS, "x"));
  }

  @Test
  void work_isDoneOnce() throws IOException {
    StageContext context = open(Role.FEATURES);
    AtomicInteger times = new AtomicInteger();
    String key = context.key("m@1", "input");
    for (int i = 0; i < 3; i++) {
      assertEquals(1, context.runOnce(key, CountFormat.INSTANCE, times::incrementAndGet));
    }
    assertEquals(1, times.get());
    assertFalse(key.equals(context.key("m@1", "other")));
  }

  @Test
  void resultOfAnotherRole_isNotTrusted() throws IOException {
    StageContext features = open(Role.FEATURES);
    String key = features.key("m@1", "input");
    open(Role.TRAINING)
        .store()
        .putNamed(Zone.EVIDENCE, "done/features/" + key + ".json", CountFormat.INSTANCE.write(7));
    assertNotTrusted(features, key, "payload type is ''");
  }

  @Test
  void resultOfOtherInputs_isNotTrusted() throws IOException {
    StageContext features = open(Role.FEATURES);
    String first = features.key("m@1", "first");
    String second = features.key("m@1", "second");
    features.runOnce(first, CountFormat.INSTANCE, () -> 1);
    String folder = "done/features/";
    byte[] result =
        features.store().readNamed(Zone.EVIDENCE, folder + first + ".json").orElseThrow();
    features.store().putNamed(Zone.EVIDENCE, folder + second + ".json", result);
    assertNotTrusted(features, second, "payload type is 'application/vnd.lockkeeper.result");
  }

  private static void assertNotTrusted(StageContext context, String key, String why) {
    CustodyException refused =
        assertThrows(
            CustodyException.class, () -> context.runOnce(key, CountFormat.INSTANCE, () -> 2));
    assertTrue(
        refused.getMessage().startsWith("finished work " + key + " of the features stage: " + why),
        refused.getMessage());
  }

  @Test
  void delivery_isAcceptedFromItsStageOnly() throws IOException {
    StageContext ingestion = open(Role.INGESTION);
    StageContext features = open(Role.FEATURES);
    ArtifactRef processed = ingestion.store().put(Zone.PROCESSED, bytes("p"), "x");
    Evidence evidence = evidence(ingestion, processed);
    features.verifyInput(evidence, Role.INGESTION, processed);

    Evidence forged = evidence(open(Role.TRAINING), processed);
    CustodyException refused =
        assertThrows(
            CustodyException.class, () -> features.verifyInput(forged, Role.INGESTION, processed));
    assertTrue(
        refused
            .getMessage()
            .startsWith("ingestion statement: the signature is not by the trusted key"),
        refused.getMessage());
  }

  @Test
  void swappedDelivery_isRefused() throws IOException {
    StageContext ingestion = open(Role.INGESTION);
    Evidence evidence = evidence(ingestion, ingestion.store().put(Zone.PROCESSED, bytes("p"), "x"));
    ArtifactRef other = ingestion.store().put(Zone.PROCESSED, bytes("q"), "x");
    CustodyException refused =
        assertThrows(
            CustodyException.class,
            () -> open(Role.FEATURES).verifyInput(evidence, Role.INGESTION, other));
    assertTrue(
        refused.getMessage().contains("is not about processed object " + other.sha256()),
        refused.getMessage());
  }

  @Test
  void keys_areReadableByTheirOwnerOnly() throws IOException {
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(state.key(Role.TRAINING))));
    assertFalse(Files.exists(state.key(Role.PIPELINE)));
  }

  @Test
  void lostPublicKey_isDerivedAgain() throws IOException {
    Path publicKey = state.trust().resolve("training.pub");
    String before = Files.readString(publicKey);
    Files.delete(publicKey);
    state.initialise(SIGNING);
    assertEquals(before, Files.readString(publicKey));
  }

  @Test
  void nameWithDots_isNoWayOut() throws IOException {
    ArtifactStore store = open(Role.DEPLOYMENT).store();
    assertTrue(store.putNamed(Zone.DEPLOYMENTS, "e/1..2", bytes("x")));
    assertThrows(
        IllegalArgumentException.class,
        () -> store.putNamed(Zone.DEPLOYMENTS, "e/../../x", bytes("x")));
  }

  private static Evidence evidence(StageContext context, ArtifactRef subject) {
    byte[] envelope =
        context
            .signer()
            .provenance(
                RUN,
                List.of(new Subject("processed", subject.sha256())),
                List.of(new Material("raw", Digests.sha256("raw"))),
                Json.mapper().createObjectNode());
    return new Evidence(context.storeStatement(envelope), 1, 5);
  }

  private static void assertChanged(ArtifactRef ref, Executable reading) {
    StoreException refused = assertThrows(StoreException.class, reading);
    assertEquals(StoreException.Kind.CORRUPT, refused.kind());
    assertTrue(refused.getMessage().startsWith(ref.uri() + " was changed"), refused.getMessage());
  }

  private static void assertDenied(Runnable action) {
    StoreException refused = assertThrows(StoreException.class, action::run);
    assertEquals(StoreException.Kind.DENIED, refused.kind());
  }

  private StageContext open(Role role) throws IOException {
    return StageContext.open(
        state,
        role,
        ZoneAccess.to(Zone.RAW, Zone.PROCESSED, Zone.FEATURES, Zone.DEPLOYMENTS, Zone.EVIDENCE));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
