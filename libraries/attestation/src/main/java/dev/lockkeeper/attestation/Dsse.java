package dev.lockkeeper.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/**
 * Dead Simple Signing Envelope v1 with one ECDSA P-256 signature (secure-systems-lab/dsse,
 * protocol.md).
 */
public final class Dsse {

  /** The media type of an envelope. */
  public static final String MEDIA_TYPE = "application/vnd.dsse+json";

  /** The payload type of in-toto statements. */
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  private Dsse() {}

  /** The pre-authentication encoding, which is what gets signed. */
  public static byte[] preAuthenticationEncoding(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("DSSEv1 " + type.length + " " + payloadType + " " + payload.length + " ")
            .getBytes(StandardCharsets.UTF_8);
    byte[] encoded = new byte[head.length + payload.length];
    System.arraycopy(head, 0, encoded, 0, head.length);
    System.arraycopy(payload, 0, encoded, head.length, payload.length);
    return encoded;
  }

  /** Signs a payload and returns the envelope as JSON. */
  public static byte[] sign(String payloadType, byte[] payload, Signer signer) {
    ObjectNode envelope = Json.mapper().createObjectNode();
    envelope.put("payloadType", payloadType);
    envelope.put("payload", Base64.getEncoder().encodeToString(payload));
    ObjectNode signature = envelope.putArray("signatures").addObject();
    signature.put("keyid", signer.keyId());
    signature.put(
        "sig",
        Base64.getEncoder()
            .encodeToString(signer.sign(preAuthenticationEncoding(payloadType, payload))));
    return Json.canonicalBytes(envelope);
  }

  /**
   * Verifies an envelope and returns its payload.
   *
   * @param what names the envelope in messages, for example {@code dataset statement}
   * @throws CustodyException if it is not an envelope, has another payload type or is not signed by
   *     the key
   */
  public static byte[] verify(byte[] envelope, String payloadType, PublicKey key, String what) {
    try {
      JsonNode json = Json.mapper().readTree(envelope);
      if (!json.path("payloadType").asText().equals(payloadType)) {
        throw new CustodyException(
            what
                + ": payload type is '"
                + json.path("payloadType").asText()
                + "', expected '"
                + payloadType
                + "'");
      }
      if (json.path("signatures").size() != 1) {
        throw new CustodyException(
            what + ": expected exactly one signature, found " + json.path("signatures").size());
      }
      byte[] payload = Base64.getDecoder().decode(json.path("payload").asText());
      byte[] signature =
          Base64.getDecoder().decode(json.path("signatures").path(0).path("sig").asText());
      if (!ecdsa(key, preAuthenticationEncoding(payloadType, payload), signature)) {
        throw new CustodyException(
            what + ": the signature is not by the trusted key " + Digests.sha256(key.getEncoded()));
      }
      return payload;
    } catch (java.io.IOException | IllegalArgumentException e) {
      throw new CustodyException(what + ": not a DSSE envelope: " + e.getMessage(), e);
    }
  }

  private static boolean ecdsa(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (java.security.SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new CustodyException("the trusted key cannot verify: " + e.getMessage(), e);
    }
  }
}
