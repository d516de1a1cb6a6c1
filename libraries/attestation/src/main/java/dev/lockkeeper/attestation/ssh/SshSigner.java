package dev.lockkeeper.attestation.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;

/**
 * Signs with an approver's unencrypted Ed25519 or ECDSA key file as {@code ssh-keygen -N ''} makes
 * it. Every other key (encrypted, RSA, hardware) signs through {@code ssh-keygen -Y sign}.
 */
public final class SshSigner {

  private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String END = "-----END OPENSSH PRIVATE KEY-----";
  private static final Pattern PUBLIC = Pattern.compile("(ssh|ecdsa|sk)-[a-z0-9@.-]+ AAAA");
  private static final String OTHERWISE =
      "; sign the document of `review --write` with `ssh-keygen -Y sign -n lockkeeper-approval@v1 -f KEY DOCUMENT` and"
          + " send it with --document and --signature";

  private final SshPrivateKey key;

  private SshSigner(SshPrivateKey key) {
    this.key = key;
  }

  /**
   * Loads a private key file.
   *
   * @throws IOException if it is missing or of another kind; the message says what to do
   */
  public static SshSigner load(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    if (text.length() < BEGIN.length() + END.length()
        || !text.startsWith(BEGIN)
        || !text.endsWith(END)) {
      throw new IOException(
          file
              + (PUBLIC.matcher(text).lookingAt()
                  ? " is a public key; name the private one, the file beside it without .pub"
                  : " is not an OpenSSH private key" + OTHERWISE));
    }
    try {
      byte[] blob =
          Base64.getMimeDecoder()
              .decode(
                  text.substring(BEGIN.length(), text.length() - END.length())
                      .getBytes(StandardCharsets.US_ASCII));
      AsymmetricKeyParameter key = OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(blob);
      if (key instanceof Ed25519PrivateKeyParameters ed25519) {
        return new SshSigner(new SshPrivateKey.Ed25519(ed25519));
      }
      if (key instanceof ECPrivateKeyParameters ec) {
        return new SshSigner(new SshPrivateKey.Ecdsa(ec));
      }
      throw new IOException(file + " contains no Ed25519 or ECDSA key" + OTHERWISE);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IOException(file + " cannot be read (is it encrypted?)" + OTHERWISE, e);
    }
  }

  /**
   * Makes a key pair: {@code FILE} readable by its owner only and {@code FILE.pub}.
   *
   * @return the public key's line without its comment, as the allowed signers file contains it
   */
  public static String generate(Path file, String comment) throws IOException {
    Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
    String body =
        Base64.getMimeEncoder(70, new byte[] {'\n'})
            .encodeToString(OpenSSHPrivateKeyUtil.encodePrivateKey(key));
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, BEGIN + "\n" + body + "\n" + END + "\n", StandardOpenOption.WRITE);
    String line = new SshSigner(new SshPrivateKey.Ed25519(key)).publicKeyLine();
    Files.writeString(
        file.resolveSibling(file.getFileName() + ".pub"), line + " " + comment + "\n");
    return line;
  }

  /** The public key as {@code TYPE BASE64}. */
  public String publicKeyLine() {
    return key.type() + " " + Base64.getEncoder().encodeToString(key.publicBlob());
  }

  /** An armored signature over a message in a namespace. */
  public String sign(String namespace, byte[] message) {
    byte[] signed = SshSignature.signedBytes(namespace, "sha512", message);
    byte[] signature = new WireWriter().string(key.type()).string(key.sign(signed)).bytes();
    return SshSignature.armor(
        new WireWriter()
            .raw(SshSignature.MAGIC)
            .uint32(1)
            .string(key.publicBlob())
            .string(namespace)
            .string(new byte[0])
            .string("sha512")
            .string(signature)
            .bytes());
  }
}
