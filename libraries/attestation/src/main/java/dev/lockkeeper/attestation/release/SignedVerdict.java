package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Dsse;
import dev.lockkeeper.attestation.Signer;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.deployment.CanaryVerdict;
import dev.lockkeeper.formats.deployment.CanaryVerdictFormat;
import dev.lockkeeper.formats.run.Role;
import java.nio.charset.StandardCharsets;

/** A canary's verdict in its envelope, signed by the deployment role. */
public final class SignedVerdict {

  private SignedVerdict() {}

  /** Signs a verdict: a DSSE envelope as JSON text. */
  public static String sign(CanaryVerdict verdict, Signer signer) {
    byte[] payload = CanaryVerdictFormat.INSTANCE.write(verdict);
    return new String(
        Dsse.sign(CanaryVerdictFormat.MEDIA_TYPE, payload, signer), StandardCharsets.UTF_8);
  }

  /**
   * Verifies an envelope.
   *
   * @throws CustodyException if it is not a verdict of the deployment role
   */
  public static CanaryVerdict open(String envelope, TrustStore trust) {
    byte[] payload =
        Dsse.verify(
            envelope.getBytes(StandardCharsets.UTF_8),
            CanaryVerdictFormat.MEDIA_TYPE,
            trust.key(Role.DEPLOYMENT),
            "canary verdict");
    try {
      return CanaryVerdictFormat.INSTANCE.read(payload);
    } catch (FormatException e) {
      throw new CustodyException(String.valueOf(e.getMessage()), e);
    }
  }
}
