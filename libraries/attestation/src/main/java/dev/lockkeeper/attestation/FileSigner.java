package dev.lockkeeper.attestation;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;

/** A signer whose P-256 key is in a PEM file: for development and for secrets mounted as files. */
public final class FileSigner implements Signer {

  private final KeyPair pair;

  private FileSigner(KeyPair pair) {
    this.pair = pair;
  }

  /** Loads a PKCS #8 PEM file that only its owner and group may read. */
  public static FileSigner load(Path pem) throws IOException {
    return new FileSigner(KeyFiles.readPair(pem));
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new CustodyException("the signing key does not sign: " + e.getMessage(), e);
    }
  }

  @Override
  public PublicKey publicKey() {
    return pair.getPublic();
  }

  @Override
  public String toString() {
    return "FileSigner[" + keyId() + "]";
  }
}
