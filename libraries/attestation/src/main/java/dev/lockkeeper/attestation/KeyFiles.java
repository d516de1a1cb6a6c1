package dev.lockkeeper.attestation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** PEM files of P-256 keys: PKCS #8 private keys and SubjectPublicKeyInfo public keys. */
public final class KeyFiles {

  private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private KeyFiles() {}

  /**
   * Makes a key pair: the private key readable by its owner only. Where the disk takes not all of
   * it, none is left.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is such a private key; it is kept
   */
  public static void generate(Path privateKey, Path publicKey) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Files.createFile(privateKey, PrivateFiles.ownerOnly());
      try {
        Files.writeString(
            privateKey,
            pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
            StandardOpenOption.WRITE);
        Files.writeString(publicKey, publicPem(pair.getPublic()));
      } catch (IOException e) {
        Files.deleteIfExists(publicKey);
        Files.delete(privateKey);
        throw e;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 platform has P-256", e);
    }
  }

  /** The public key as PEM text: LF, 64 columns, trailing newline. */
  public static String publicPem(PublicKey key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  /**
   * Reads a public key (EC).
   *
   * @throws IOException if the file is missing or contains none; the message names it
   */
  public static PublicKey readPublic(Path file) throws IOException {
    try {
      return parsePublic(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a public key (EC) from PEM text.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PublicKey parsePublic(String pem) {
    try {
      return KeyFactory.getInstance("EC")
          .generatePublic(new X509EncodedKeySpec(body(pem, "PUBLIC KEY")));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an EC public key in PEM (SubjectPublicKeyInfo)", e);
    }
  }

  /**
   * @param place where the text is from, for the message
   */
  static KeyPair parsePair(String pem, String place) throws IOException {
    try {
      byte[] encoded = body(pem, "PRIVATE KEY");
      KeyFactory factory = KeyFactory.getInstance("EC");
      PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(derivePublic(encoded))), privateKey);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          place
              + ": not an EC private key in PEM (PKCS #8), as `openssl genpkey -algorithm EC` makes"
              + " it",
          e);
    }
  }

  private static byte[] derivePublic(byte[] pkcs8) throws IOException {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
    var key = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey());
    X9ECParameters curve = ECNamedCurveTable.getByName("secp256r1");
    if (!SECNamedCurves.getOID("secp256r1").equals(info.getPrivateKeyAlgorithm().getParameters())) {
      throw new IllegalArgumentException("the key's curve is not P-256");
    }
    var domain =
        new org.bouncycastle.crypto.params.ECNamedDomainParameters(
            SECNamedCurves.getOID("secp256r1"), new ECDomainParameters(curve));
    var point = new FixedPointCombMultiplier().multiply(domain.getG(), key.getKey()).normalize();
    return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
            new ECPublicKeyParameters(point, domain))
        .getEncoded();
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + PEM.encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  private static byte[] body(String pem, String type) {
    String begin = "-----BEGIN " + type + "-----";
    String end = "-----END " + type + "-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no '" + begin + "' … '" + end + "'");
    }
    byte[] text = pem.substring(from + begin.length(), to).getBytes(StandardCharsets.US_ASCII);
    return Base64.getMimeDecoder().decode(text);
  }
}
