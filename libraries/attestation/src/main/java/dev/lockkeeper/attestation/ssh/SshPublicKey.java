package dev.lockkeeper.attestation.ssh;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.formats.Digests;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * A public key as SSH writes it. One key has exactly one blob: points are uncompressed, numbers are
 * minimal.
 */
final class SshPublicKey {

  private static final int MINIMUM_RSA_BITS = 3_072;

  private final byte[] blob;
  private final String type;

  private SshPublicKey(byte[] blob, String type) {
    this.blob = blob;
    this.type = type;
  }

  /**
   * Reads a key blob; every kind but Ed25519, ECDSA, RSA and their FIDO {@code sk-} forms is
   * refused.
   */
  static SshPublicKey parse(byte[] blob) {
    WireReader in = new WireReader(blob, "SSH public key");
    String type = in.text();
    WireWriter canonical = new WireWriter().string(type);
    switch (type) {
      case "ssh-ed25519" -> ed25519(in, canonical);
      case "sk-ssh-ed25519@openssh.com" -> {
        ed25519(in, canonical);
        canonical.string(in.string());
      }
      case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" ->
          ecdsa(type, in, canonical);
      case "sk-ecdsa-sha2-nistp256@openssh.com" -> {
        ecdsa(type, in, canonical);
        canonical.string(in.string());
      }
      case "ssh-rsa" -> rsa(in, canonical);
      default ->
          throw new CustodyException(
              "SSH key type '" + type + "' is not accepted: use Ed25519, ECDSA, RSA or a FIDO key");
    }
    in.end();
    if (!Arrays.equals(canonical.bytes(), blob)) {
      throw new CustodyException("SSH public key: not in its one canonical form");
    }
    return new SshPublicKey(blob, type);
  }

  private static void ed25519(WireReader in, WireWriter canonical) {
    byte[] key = in.string();
    if (key.length != Ed25519PublicKeyParameters.KEY_SIZE) {
      throw new CustodyException(
          "SSH public key: an Ed25519 key has 32 bytes, this one " + key.length);
    }
    try {
      canonical.string(new Ed25519PublicKeyParameters(key).getEncoded());
    } catch (IllegalArgumentException e) {
      throw new CustodyException("SSH public key: not a point of Ed25519", e);
    }
  }

  private static void ecdsa(String type, WireReader in, WireWriter canonical) {
    String curve = in.text();
    if (!type.contains(curve) || curve.isEmpty()) {
      throw new CustodyException("SSH public key: curve '" + curve + "' in a key of type " + type);
    }
    canonical.string(curve).string(parameters(curve, in.string()).getQ().getEncoded(false));
  }

  private static void rsa(WireReader in, WireWriter canonical) {
    BigInteger exponent = in.mpint();
    BigInteger modulus = in.mpint();
    if (modulus.bitLength() < MINIMUM_RSA_BITS) {
      throw new CustodyException(
          "SSH public key: an RSA key needs "
              + MINIMUM_RSA_BITS
              + " bits, this one has "
              + modulus.bitLength());
    }
    canonical.string(exponent.toByteArray()).string(modulus.toByteArray());
  }

  byte[] blob() {
    return blob.clone();
  }

  /** {@code SHA256:…} as {@code ssh-keygen -l} prints it. */
  String fingerprint() {
    return "SHA256:"
        + Base64.getEncoder().withoutPadding().encodeToString(Digests.newSha256().digest(blob));
  }

  /** Verifies a signature blob over the signed bytes. */
  void verify(byte[] signature, byte[] signed) {
    WireReader in = new WireReader(signature, "SSH signature");
    String algorithm = in.text();
    byte[] value = in.string();
    boolean good =
        switch (type) {
          case "ssh-ed25519" -> same(algorithm, type) && ed25519(value, signed);
          case "ssh-rsa" -> rsa(algorithm, value, signed);
          case "sk-ssh-ed25519@openssh.com" ->
              same(algorithm, type) && ed25519(value, touched(in, signed));
          case "sk-ecdsa-sha2-nistp256@openssh.com" ->
              same(algorithm, type) && ecdsa(value, touched(in, signed));
          default -> same(algorithm, type) && ecdsa(value, signed);
        };
    in.end();
    if (!good) {
      throw new CustodyException("SSH signature: it does not verify under key " + fingerprint());
    }
  }

  private static boolean same(String algorithm, String type) {
    if (!algorithm.equals(type)) {
      throw new CustodyException(
          "SSH signature: algorithm '" + algorithm + "' with a key of type " + type);
    }
    return true;
  }

  /**
   * What a FIDO key really signs (PROTOCOL.u2f); a signature that nobody touched the key for is
   * refused.
   */
  private byte[] touched(WireReader in, byte[] signed) {
    WireReader key = new WireReader(blob, "SSH public key");
    key.string();
    if (type.startsWith("sk-ecdsa")) {
      key.string();
    }
    key.string();
    byte[] application = key.string();
    byte[] flags = in.bytes(1);
    int counter = in.uint32();
    if ((flags[0] & 1) == 0) {
      throw new CustodyException(
          "SSH signature: nobody touched the security key (user presence is missing)");
    }
    return new WireWriter()
        .raw(Digests.newSha256().digest(application))
        .raw(flags)
        .uint32(counter)
        .raw(Digests.newSha256().digest(signed))
        .bytes();
  }

  private boolean ed25519(byte[] value, byte[] signed) {
    WireReader in = reader();
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(in.string()));
    verifier.update(signed, 0, signed.length);
    return verifier.verifySignature(value);
  }

  private boolean ecdsa(byte[] value, byte[] signed) {
    WireReader in = reader();
    String curve = in.text();
    ECPublicKeyParameters key = parameters(curve, in.string());
    WireReader numbers = new WireReader(value, "SSH signature");
    BigInteger r = numbers.mpint();
    BigInteger s = numbers.mpint();
    numbers.end();
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, key);
    return verifier.verifySignature(hash(curve, signed), r, s);
  }

  private boolean rsa(String algorithm, byte[] value, byte[] signed) {
    String name =
        switch (algorithm) {
          case "rsa-sha2-256" -> "SHA256withRSA";
          case "rsa-sha2-512" -> "SHA512withRSA";
          default ->
              throw new CustodyException(
                  "SSH signature: algorithm '"
                      + algorithm
                      + "' is not accepted: sign with rsa-sha2-512");
        };
    try {
      WireReader in = reader();
      BigInteger exponent = in.mpint();
      Signature verifier = Signature.getInstance(name);
      verifier.initVerify(
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(in.mpint(), exponent)));
      verifier.update(signed);
      return verifier.verify(value);
    } catch (GeneralSecurityException e) {
      throw new CustodyException(
          "SSH signature: the RSA signature cannot be read: " + e.getMessage(), e);
    }
  }

  private WireReader reader() {
    WireReader in = new WireReader(blob, "SSH public key");
    in.string();
    return in;
  }

  private static ECPublicKeyParameters parameters(String curve, byte[] point) {
    if (point.length == 0 || point[0] != 4) {
      throw new CustodyException("SSH public key: only uncompressed points are accepted");
    }
    String name = "secp" + curve.toLowerCase(Locale.ROOT).replace("nistp", "") + "r1";
    X9ECParameters known = ECNamedCurveTable.getByName(name);
    if (known == null) {
      throw new CustodyException("SSH public key: there is no curve '" + curve + "'");
    }
    try {
      return new ECPublicKeyParameters(
          known.getCurve().decodePoint(point), new ECDomainParameters(known));
    } catch (IllegalArgumentException e) {
      throw new CustodyException("SSH public key: the point is not on curve " + curve, e);
    }
  }

  static byte[] hash(String curve, byte[] signed) {
    String name =
        curve.equals("nistp256") ? "SHA-256" : curve.equals("nistp384") ? "SHA-384" : "SHA-512";
    return SshSignature.digest(name, signed);
  }
}
