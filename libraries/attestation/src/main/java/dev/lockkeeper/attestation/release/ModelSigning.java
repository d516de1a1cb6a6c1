package dev.lockkeeper.attestation.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Dsse;
import dev.lockkeeper.attestation.KeyFiles;
import dev.lockkeeper.attestation.Signer;
import dev.lockkeeper.attestation.StatementSigner;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Json;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * OpenSSF Model Signing v1.0 with a key (github.com/ossf/model-signing-spec): a sigstore bundle
 * whose statement lists every file of a flat package.
 */
public final class ModelSigning {

  public static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  static final String PREDICATE = "https://model_signing/signature/v1.0";
  private static final Set<String> IGNORABLE =
      Set.of(".git", ".gitattributes", ".gitignore", ".github", "model.sig");

  private ModelSigning() {}

  /** The root: SHA-256 over the concatenated raw file digests in the given order. */
  public static String root(Iterable<String> digests) {
    MessageDigest root = Digests.newSha256();
    digests.forEach(digest -> root.update(HexFormat.of().parseHex(digest)));
    return HexFormat.of().formatHex(root.digest());
  }

  /**
   * Signs a package.
   *
   * @param name the package's name
   * @param files file name to hexadecimal SHA-256, in the order of the names' code points
   */
  public static byte[] sign(String name, SortedMap<String, String> files, Signer signer) {
    byte[] payload = Json.canonicalBytes(statement(name, files));
    ObjectNode bundle = Json.mapper().createObjectNode();
    bundle.put("mediaType", BUNDLE);
    ObjectNode material = bundle.putObject("verificationMaterial");
    material
        .putObject("publicKey")
        .put("hint", Digests.sha256(KeyFiles.publicPem(signer.publicKey())));
    material.putArray("tlogEntries");
    ObjectNode envelope = bundle.putObject("dsseEnvelope");
    envelope.put("payload", Base64.getEncoder().encodeToString(payload));
    envelope.put("payloadType", Dsse.IN_TOTO);
    byte[] signature = signer.sign(Dsse.preAuthenticationEncoding(Dsse.IN_TOTO, payload));
    envelope
        .putArray("signatures")
        .addObject()
        .put("sig", Base64.getEncoder().encodeToString(signature))
        .put("keyid", "");
    return Json.canonicalBytes(bundle);
  }

  private static ObjectNode statement(String name, SortedMap<String, String> files) {
    ObjectNode statement = Json.mapper().createObjectNode();
    statement.put("_type", StatementSigner.STATEMENT);
    ObjectNode subject = statement.putArray("subject").addObject();
    subject.put("name", name);
    subject.putObject("digest").put("sha256", root(files.values()));
    statement.put("predicateType", PREDICATE);
    ObjectNode predicate = statement.putObject("predicate");
    ArrayNode resources = predicate.putArray("resources");
    files.forEach(
        (file, digest) ->
            resources
                .addObject()
                .put("name", file)
                .put("algorithm", "sha256")
                .put("digest", digest));
    ObjectNode serialization = predicate.putObject("serialization");
    serialization.put("method", "files").put("hash_type", "sha256").put("allow_symlinks", false);
    serialization.putArray("ignore_paths");
    return statement;
  }

  /**
   * Verifies that a bundle is signed by a key and lists exactly these files.
   *
   * @return the root digest
   * @throws CustodyException with the failing check
   */
  public static String verify(byte[] bundle, Map<String, String> files, PublicKey key) {
    try {
      JsonNode json = Json.mapper().readTree(bundle);
      require(json.path("mediaType").asText().equals(BUNDLE), "not a sigstore bundle v0.3");
      JsonNode envelope = json.path("dsseEnvelope");
      require(
          envelope.path("payloadType").asText().equals(Dsse.IN_TOTO),
          "its payload is not an in-toto statement");
      require(envelope.path("signatures").size() == 1, "expected exactly one signature");
      byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
      byte[] signature =
          Base64.getDecoder().decode(envelope.path("signatures").path(0).path("sig").asText());
      require(
          verified(key, Dsse.preAuthenticationEncoding(Dsse.IN_TOTO, payload), signature),
          "the signature is not by the trusted key " + Digests.sha256(key.getEncoded()));
      return verifyStatement(Json.mapper().readTree(payload), files);
    } catch (IOException | IllegalArgumentException e) {
      throw new CustodyException("model signature: cannot be read: " + e.getMessage(), e);
    }
  }

  private static String verifyStatement(JsonNode statement, Map<String, String> files) {
    require(statement.path("predicateType").asText().equals(PREDICATE), "another predicate type");
    JsonNode predicate = statement.path("predicate");
    JsonNode serialization = predicate.path("serialization");
    require(
        serialization.path("method").asText().equals("files"),
        "another serialization than 'files'");
    require(!serialization.path("allow_symlinks").asBoolean(), "it allows symbolic links");
    for (JsonNode path : serialization.path("ignore_paths")) {
      require(IGNORABLE.contains(path.asText()), "it ignores path '" + path.asText() + "'");
    }
    Map<String, String> listed = new LinkedHashMap<>();
    for (JsonNode resource : predicate.path("resources")) {
      require(resource.path("algorithm").asText().equals("sha256"), "another digest than sha256");
      String name = resource.path("name").asText();
      require(
          listed.put(name, resource.path("digest").asText()) == null,
          "file '" + name + "' is listed twice");
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      require(listed.containsKey(file.getKey()), "file '" + file.getKey() + "' is not signed");
      require(
          file.getValue().equals(listed.get(file.getKey())),
          "file '" + file.getKey() + "' was changed");
    }
    for (String name : listed.keySet()) {
      require(files.containsKey(name), "file '" + name + "' is signed and missing");
    }
    String root = root(listed.values());
    require(statement.path("subject").size() == 1, "expected exactly one subject");
    require(
        statement.path("subject").path(0).path("digest").path("sha256").asText().equals(root),
        "the root does not match the files");
    return root;
  }

  private static boolean verified(PublicKey key, byte[] message, byte[] signature) {
    if (!(key instanceof ECPublicKey ec)) {
      throw new CustodyException("model signature: the trusted key is not an EC key");
    }
    int bits = ec.getParams().getOrder().bitLength();
    String hash = bits <= 256 ? "SHA256" : bits <= 384 ? "SHA384" : "SHA512";
    try {
      Signature verifier = Signature.getInstance(hash + "withECDSA");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (java.security.SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new CustodyException(
          "model signature: the trusted key cannot verify: " + e.getMessage(), e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new CustodyException("model signature: " + otherwise);
    }
  }
}
