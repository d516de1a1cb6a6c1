package dev.lockkeeper.attestation;

import dev.lockkeeper.formats.Digests;
import java.security.PublicKey;

/** Something that signs; never something that returns a private key. */
public interface Signer {

  /** The signature over a message: ECDSA P-256 with SHA-256, DER encoded. */
  byte[] sign(byte[] message);

  /** The public half. */
  PublicKey publicKey();

  /** Hexadecimal SHA-256 of the public key's SubjectPublicKeyInfo in DER. */
  default String keyId() {
    return Digests.sha256(publicKey().getEncoded());
  }
}
