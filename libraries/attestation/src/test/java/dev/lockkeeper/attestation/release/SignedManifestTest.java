package dev.lockkeeper.attestation.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Dsse;
import dev.lockkeeper.attestation.Signer;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingManifestFormat;
import dev.lockkeeper.formats.run.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedManifestTest {

  @TempDir Path folder;
  private SignedRelease release;
  private Signer signer;
  private ServingManifest manifest;

  @BeforeEach
  void open() throws IOException {
    release = new SignedRelease(folder);
    signer = release.signer(Role.DEPLOYMENT).signer();
    Release stable = release.approvedBy("bo");
    manifest =
        new ServingManifest(
            "taxi",
            1,
            Instant.parse("2026-01-31T12:00:00Z"),
            ServingManifest.arms(stable, null, 0),
            "tips@1 promoted");
  }

  @Test
  void manifest_isReadFromTheSignedBytes() throws IOException {
    assertEquals(manifest, open(SignedManifest.sign(manifest, signer)));
  }

  @Test
  void fieldOfALaterVersion_verifiesAndIsLeftAlone() throws IOException {
    ObjectNode later =
        (ObjectNode) Json.mapper().readTree(ServingManifestFormat.INSTANCE.write(manifest));
    later.put("addedLater", "by a newer deployment role");
    assertEquals(manifest, open(sign(later)));
  }

  @Test
  void higherFormat_isRefused() throws IOException {
    ObjectNode later =
        (ObjectNode) Json.mapper().readTree(ServingManifestFormat.INSTANCE.write(manifest));
    later.put("format", 2);
    CustodyException refused = assertThrows(CustodyException.class, () -> open(sign(later)));
    assertTrue(
        refused
            .getMessage()
            .startsWith("serving manifest taxi/1: serving manifest: it has format 2"),
        refused.getMessage());
  }

  private byte[] sign(ObjectNode payload) {
    return Dsse.sign(ServingManifestFormat.MEDIA_TYPE, Json.canonicalBytes(payload), signer);
  }

  private ServingManifest open(byte[] envelope) throws IOException {
    return SignedManifest.open(envelope, "taxi", 1, release.verifier().trust());
  }
}
