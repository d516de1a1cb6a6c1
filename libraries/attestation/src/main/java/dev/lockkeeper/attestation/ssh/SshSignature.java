package dev.lockkeeper.attestation.ssh;

import dev.lockkeeper.attestation.CustodyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * An SSH signature (OpenSSH PROTOCOL.sshsig, version 1), as {@code ssh-keygen -Y sign} makes it.
 */
public final class SshSignature {

  static final byte[] MAGIC = {'S', 'S', 'H', 'S', 'I', 'G'};
  private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
  private static final String END = "-----END SSH SIGNATURE-----";

  private final SshPublicKey key;
  private final String namespace;
  private final String hash;
  private final byte[] signature;

  private SshSignature(SshPublicKey key, String namespace, String hash, byte[] signature) {
    this.key = key;
    this.namespace = namespace;
    this.hash = hash;
    this.signature = signature;
  }

  /**
   * Reads an armored signature; nothing is verified yet.
   *
   * @throws CustodyException if it is not exactly one signature of version 1
   */
  public static SshSignature parse(String armored) {
    String text = armored.strip();
    if (text.length() < BEGIN.length() + END.length()
        || !text.startsWith(BEGIN)
        || !text.endsWith(END)) {
      throw new CustodyException("SSH signature: expected '" + BEGIN + "' … '" + END + "'");
    }
    byte[] blob;
    try {
      String body =
          text.substring(BEGIN.length(), text.length() - END.length()).replaceAll("\\s", "");
      blob = Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new CustodyException("SSH signature: its body is not base64", e);
    }
    WireReader in = new WireReader(blob, "SSH signature");
    if (!Arrays.equals(in.bytes(MAGIC.length), MAGIC) || in.uint32() != 1) {
      throw new CustodyException("SSH signature: not an SSHSIG of version 1");
    }
    SshPublicKey key = SshPublicKey.parse(in.string());
    String namespace = in.text();
    if (in.string().length > 0) {
      throw new CustodyException("SSH signature: its reserved field is not empty");
    }
    String hash = in.text();
    byte[] signature = in.string();
    in.end();
    return new SshSignature(key, namespace, hash, signature);
  }

  /** The signing key's {@code SHA256:…} fingerprint. */
  public String fingerprint() {
    return key.fingerprint();
  }

  /** The signing key's blob in base64, as the allowed signers file contains it. */
  public String keyBase64() {
    return Base64.getEncoder().encodeToString(key.blob());
  }

  /**
   * Verifies the signature over a message in a namespace. Whose key it is, the allowed signers say.
   *
   * @throws CustodyException with the failing check
   */
  public void verify(String expectedNamespace, byte[] message) {
    if (expectedNamespace.isEmpty() || !namespace.equals(expectedNamespace)) {
      throw new CustodyException(
          "SSH signature: made for namespace '"
              + namespace
              + "', expected '"
              + expectedNamespace
              + "'");
    }
    key.verify(signature, signedBytes(namespace, hash, message));
  }

  static byte[] signedBytes(String namespace, String hash, byte[] message) {
    String algorithm =
        switch (hash) {
          case "sha256" -> "SHA-256";
          case "sha512" -> "SHA-512";
          default ->
              throw new CustodyException("SSH signature: hash '" + hash + "' is not accepted");
        };
    return new WireWriter()
        .raw(MAGIC)
        .string(namespace)
        .string(new byte[0])
        .string(hash)
        .string(digest(algorithm, message))
        .bytes();
  }

  static byte[] digest(String algorithm, byte[] message) {
    try {
      return MessageDigest.getInstance(algorithm).digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "every Java platform has " + algorithm.toUpperCase(Locale.ROOT), e);
    }
  }

  static String armor(byte[] blob) {
    String body = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(blob);
    return BEGIN + "\n" + body + "\n" + END + "\n";
  }
}
