package dev.lockkeeper.attestation.ssh;

import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A private key in an OpenSSH key file. */
sealed interface SshPrivateKey {

  /** The key's type, which is its signature algorithm's name too. */
  String type();

  /** The public half as SSH writes it. */
  byte[] publicBlob();

  /** The signature's value as SSH writes it (RFC 8709, RFC 5656). */
  byte[] sign(byte[] message);

  /** Ed25519. */
  record Ed25519(Ed25519PrivateKeyParameters key) implements SshPrivateKey {

    @Override
    public String type() {
      return "ssh-ed25519";
    }

    @Override
    public byte[] publicBlob() {
      return new WireWriter().string(type()).string(key.generatePublicKey().getEncoded()).bytes();
    }

    @Override
    public byte[] sign(byte[] message) {
      Ed25519Signer signer = new Ed25519Signer();
      signer.init(true, key);
      signer.update(message, 0, message.length);
      return signer.generateSignature();
    }
  }

  /** ECDSA over a NIST curve. */
  record Ecdsa(ECPrivateKeyParameters key) implements SshPrivateKey {

    private String curve() {
      return "nistp" + key.getParameters().getN().bitLength();
    }

    @Override
    public String type() {
      return "ecdsa-sha2-" + curve();
    }

    @Override
    public byte[] publicBlob() {
      byte[] point =
          new FixedPointCombMultiplier()
              .multiply(key.getParameters().getG(), key.getD())
              .normalize()
              .getEncoded(false);
      return new WireWriter().string(type()).string(curve()).string(point).bytes();
    }

    @Override
    public byte[] sign(byte[] message) {
      ECDSASigner signer = new ECDSASigner();
      signer.init(true, new ParametersWithRandom(key));
      BigInteger[] numbers = signer.generateSignature(SshPublicKey.hash(curve(), message));
      return new WireWriter()
          .string(numbers[0].toByteArray())
          .string(numbers[1].toByteArray())
          .bytes();
    }
  }
}
