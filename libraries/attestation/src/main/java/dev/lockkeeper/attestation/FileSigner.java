package dev.lockkeeper.attestation;

import dev.lockkeeper.attestation.secret.SecretName;
import dev.lockkeeper.attestation.secret.SecretSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;

/** A signer whose P-256 key is PEM text: in a file, or in a source of secrets. */
public final class FileSigner implements Signer {

  private final KeyPair pair;

  private FileSigner(KeyPair pair) {
    this.pair = pair;
  }

  /** Loads a PKCS #8 PEM file that only its owner and group may read. */
  public static FileSigner load(Path pem) throws IOException {
    return new FileSigner(KeyFiles.parsePair(Files.readString(pem), pem.toString()));
  }

  /**
   * Reads a PKCS #8 PEM text from a source of secrets.
   *
   * @throws IOException if it cannot be read or is not a key; the message says where it is
   */
  public static FileSigner read(SecretSource secrets, SecretName name) throws IOException {
    String pem = new String(secrets.read(name).bytes(), StandardCharsets.ISO_8859_1);
    return new FileSigner(KeyFiles.parsePair(pem, secrets.place(name)));
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
