package dev.lockkeeper.stage;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Signer;
import dev.lockkeeper.formats.run.Role;
import java.security.PublicKey;

/** The signer of a stage that declares no key: it refuses. */
record WithoutKey(Role role) implements Signer {

  @Override
  public byte[] sign(byte[] message) {
    throw refused();
  }

  @Override
  public PublicKey publicKey() {
    throw refused();
  }

  private CustodyException refused() {
    return new CustodyException(
        "the "
            + role.label()
            + " stage declares no key: it can sign no statement and no finished result");
  }
}
