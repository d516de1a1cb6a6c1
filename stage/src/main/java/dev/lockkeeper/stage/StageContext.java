package dev.lockkeeper.stage;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Dsse;
import dev.lockkeeper.attestation.FileSigner;
import dev.lockkeeper.attestation.Signer;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.StatementSigner;
import dev.lockkeeper.attestation.StatementVerifier;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.attestation.secret.SecretName;
import dev.lockkeeper.attestation.secret.SecretSources;
import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a stage works with: its access to storage, its key, and whom it trusts.
 *
 * @param role the role
 * @param store the zones that it may use
 * @param signer signs its statements
 * @param verifier verifies its predecessors' statements
 */
public record StageContext(
    Role role, ArtifactStore store, StatementSigner signer, StatementVerifier verifier) {

  private static final String RESULT = "application/vnd.lockkeeper.result+json; key=";

  /**
   * Opens a stage's context on a state folder.
   *
   * @throws StoreException if one of its zones cannot be reached
   */
  public static StageContext open(StateFolder state, StageDefinition stage) throws IOException {
    Signer signer = stage.hasKey() ? signer(state, stage.role()) : new WithoutKey(stage.role());
    return open(state, stage.role(), stage.access(), signer);
  }

  /**
   * Opens the context of a role with a key and this access, for somebody who has no definition of
   * its stage.
   *
   * @throws StoreException if one of the zones cannot be reached
   */
  public static StageContext open(StateFolder state, Role role, ZoneAccess access)
      throws IOException {
    return open(state, role, access, signer(state, role));
  }

  private static Signer signer(StateFolder state, Role role) throws IOException {
    return FileSigner.read(SecretSources.open(state.secrets()), SecretName.keyOf(role));
  }

  private static StageContext open(StateFolder state, Role role, ZoneAccess access, Signer signer)
      throws IOException {
    return new StageContext(
        role,
        ArtifactStores.open(state.zones(), access).requireAccess(),
        new StatementSigner(role, signer),
        new StatementVerifier(TrustStore.load(state.trust())));
  }

  /** The idempotency key of this stage for some inputs: equal inputs give an equal key. */
  public String key(String runId, Object... inputs) {
    return Digests.sha256(Json.canonicalBytes(List.of(role.label(), runId, List.of(inputs))));
  }

  /**
   * Does work once for a key. A retry, a crash after the work or a second delivery finds the first
   * result, which is signed: others write the evidence zone too, and what they write is not
   * trusted.
   *
   * @param key from {@link #key}
   * @param format the form in which the result is stored
   * @param work makes the result; its artifacts are in the store when it returns
   * @throws CustodyException if what is there is not this role's result for the key
   */
  public <T> T runOnce(String key, Format<T> format, Supplier<T> work) {
    String name = "done/" + role.label() + "/" + key + ".json";
    Optional<byte[]> finished = store.readNamed(Zone.EVIDENCE, name);
    if (finished.isPresent()) {
      return finished(key, finished.get(), format);
    }
    T result = work.get();
    byte[] envelope = Dsse.sign(RESULT + key, format.write(result), signer.signer());
    if (store.putNamed(Zone.EVIDENCE, name, envelope)) {
      return result;
    }
    return finished(key, store.readNamed(Zone.EVIDENCE, name).orElseThrow(), format);
  }

  private <T> T finished(String key, byte[] envelope, Format<T> format) {
    String what = "finished work " + key + " of the " + role.label() + " stage";
    byte[] result = Dsse.verify(envelope, RESULT + key, signer.signer().publicKey(), what);
    try {
      return format.read(result);
    } catch (FormatException e) {
      throw new CustodyException(what + ": " + e.getMessage(), e);
    }
  }

  /** Stores a signed statement in the evidence zone. */
  public ArtifactRef storeStatement(byte[] envelope) {
    return store.put(Zone.EVIDENCE, envelope, Dsse.MEDIA_TYPE);
  }

  /**
   * Takes a predecessor's delivery: verifies its statement and that it is about every digest given.
   *
   * @throws CustodyException with the failing check
   */
  public VerifiedStatement verifyInput(Evidence evidence, Role from, ArtifactRef... delivered) {
    VerifiedStatement statement = verifier.verify(store.read(evidence.statement()), from);
    for (ArtifactRef artifact : delivered) {
      statement.requireSubject(artifact.sha256(), artifact.zone().label() + " object");
    }
    return statement;
  }
}
