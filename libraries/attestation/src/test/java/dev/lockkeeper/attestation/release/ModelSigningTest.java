package dev.lockkeeper.attestation.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.FileSigner;
import dev.lockkeeper.attestation.KeyFiles;
import dev.lockkeeper.fixtures.SharedFolder;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSigningTest {

  private static final Map<String, String> FILES =
      Map.of("model.onnx", Digests.sha256("model"), "features.json", Digests.sha256("features"));

  @TempDir Path folder;

  @Test
  void foreignBundle_onP521_verifies() throws IOException {
    byte[] bundle = Files.readAllBytes(oms().resolve("oms-p521.model.sig"));
    Map<String, String> files = listed(bundle);
    assertEquals(
        "8e542f0f1463f0e30c498769ae9b24fb37f94f10f4da497c693ea7e8dbfd8c88",
        ModelSigning.verify(
            bundle, files, KeyFiles.readPublic(oms().resolve("model.sig.secp521r1.pub.pem"))));
  }

  @Test
  void foreignBundle_thatIgnoresMoreThanTheDefaults_isRefused() throws IOException {
    byte[] bundle = Files.readAllBytes(oms().resolve("oms-upstream-v1.1.0/model.sig"));
    var key = KeyFiles.readPublic(oms().resolve("oms-upstream-v1.1.0.pub.pem"));
    CustodyException refused =
        assertThrows(
            CustodyException.class, () -> ModelSigning.verify(bundle, listed(bundle), key));
    assertEquals("model signature: it ignores path 'ignore-me'", refused.getMessage());
  }

  @Test
  void ownBundle_verifiesAndNamesTheRoot() throws IOException {
    FileSigner signer = signer("a");
    byte[] bundle = ModelSigning.sign("m@1", new TreeMap<>(FILES), signer);
    assertEquals(
        ModelSigning.root(new TreeMap<>(FILES).values()),
        ModelSigning.verify(bundle, FILES, signer.publicKey()));
  }

  @Test
  void changedFile_isNamed() throws IOException {
    assertRefused(
        Map.of("model.onnx", Digests.sha256("other"), "features.json", Digests.sha256("features")),
        "model signature: file 'model.onnx' was changed");
  }

  @Test
  void addedFile_isNamed() throws IOException {
    Map<String, String> more = new TreeMap<>(FILES);
    more.put("extra", Digests.sha256("x"));
    assertRefused(more, "model signature: file 'extra' is not signed");
  }

  @Test
  void swappedNames_areRefused() throws IOException {
    assertRefused(
        Map.of("model.onnx", Digests.sha256("features"), "features.json", Digests.sha256("model")),
        "model signature: file 'features.json' was changed");
  }

  @Test
  void missingFile_isNamed() throws IOException {
    assertRefused(
        Map.of("model.onnx", Digests.sha256("model")),
        "model signature: file 'features.json' is signed and missing");
  }

  @Test
  void anotherKey_isRefused() throws IOException {
    byte[] bundle = ModelSigning.sign("m@1", new TreeMap<>(FILES), signer("a"));
    var other = signer("b").publicKey();
    CustodyException refused =
        assertThrows(CustodyException.class, () -> ModelSigning.verify(bundle, FILES, other));
    assertEquals(
        "model signature: the signature is not by the trusted key "
            + Digests.sha256(other.getEncoded()),
        refused.getMessage());
  }

  private void assertRefused(Map<String, String> files, String message) throws IOException {
    FileSigner signer = signer("a");
    byte[] bundle = ModelSigning.sign("m@1", new TreeMap<>(FILES), signer);
    CustodyException refused =
        assertThrows(
            CustodyException.class,
            () -> ModelSigning.verify(bundle, new TreeMap<>(files), signer.publicKey()));
    assertEquals(message, refused.getMessage());
  }

  private FileSigner signer(String name) throws IOException {
    KeyFiles.generate(folder.resolve(name + ".pem"), folder.resolve(name + ".pub"));
    return FileSigner.load(folder.resolve(name + ".pem"));
  }

  private static Map<String, String> listed(byte[] bundle) throws IOException {
    String payload = Json.mapper().readTree(bundle).path("dsseEnvelope").path("payload").asText();
    JsonNode statement = Json.mapper().readTree(Base64.getDecoder().decode(payload));
    Map<String, String> files = new TreeMap<>();
    statement
        .path("predicate")
        .path("resources")
        .forEach(r -> files.put(r.path("name").asText(), r.path("digest").asText()));
    return files;
  }

  private static Path oms() {
    return SharedFolder.find("vectors/oms");
  }
}
