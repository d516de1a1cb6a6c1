package dev.lockkeeper.custody;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Evidence;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.run.Role;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a stage works with: its reach into storage, its key, and whom it believes.
 *
 * @param role the role
 * @param store the zones it may reach
 * @param signer signs its statements
 * @param verifier verifies its predecessors' statements
 */
public record Desk(
    Role role, ArtifactStore store, StatementSigner signer, StatementVerifier verifier) {

  private static final String RESULT = "application/vnd.lockkeeper.result+json; key=";

  /**
   * Opens a role's desk on a state folder.
   *
   * @throws StoreException if one of its zones cannot be reached
   */
  public static Desk open(StateFolder state, Role role) throws IOException {
    Reach reach = Reach.of(role);
    return new Desk(
        role,
        new DirectoryArtifactStore(state.store(), reach.readable(), reach.writable())
            .requireReach(),
        new StatementSigner(role, FileSigner.load(state.key(role))),
        new StatementVerifier(TrustStore.load(state.trust())));
  }

  /** The idempotency key of this stage for some inputs: equal inputs give an equal key. */
  public String key(String runId, Object... inputs) {
    return Digests.sha256(Json.canonicalBytes(List.of(role.label(), runId, List.of(inputs))));
  }

  /**
   * Does work once for a key. A retry, a crash after the work or a second delivery finds the first
   * result, which is signed: others write the evidence zone too, and their word is not believed.
   *
   * @param key from {@link #key}
   * @param type the result's record
   * @param work makes the result; its artifacts are in the store when it returns
   * @throws CustodyException if what lies there is not this role's result for the key
   */
  public <T> T once(String key, Class<T> type, Supplier<T> work) {
    String name = "done/" + role.label() + "/" + key + ".json";
    Optional<byte[]> finished = store.readNamed(Zone.EVIDENCE, name);
    if (finished.isPresent()) {
      return finished(key, finished.get(), type);
    }
    T result = work.get();
    byte[] envelope = Dsse.sign(RESULT + key, Json.canonicalBytes(result), signer.signer());
    if (store.putNamed(Zone.EVIDENCE, name, envelope)) {
      return result;
    }
    return finished(key, store.readNamed(Zone.EVIDENCE, name).orElseThrow(), type);
  }

  private <T> T finished(String key, byte[] envelope, Class<T> type) {
    String what = "finished work " + key + " of the " + role.label() + " stage";
    return Json.read(Dsse.verify(envelope, RESULT + key, signer.signer().publicKey(), what), type);
  }

  /** Stores a signed statement in the evidence zone. */
  public ArtifactRef file(byte[] envelope) {
    return store.put(Zone.EVIDENCE, envelope, Dsse.MEDIA_TYPE);
  }

  /**
   * Takes a predecessor's delivery: verifies its statement and that it is about every digest given.
   *
   * @throws CustodyException with the failing check
   */
  public VerifiedStatement accept(Evidence evidence, Role from, ArtifactRef... delivered) {
    VerifiedStatement statement = verifier.verify(store.read(evidence.statement()), from);
    for (ArtifactRef artifact : delivered) {
      statement.requireSubject(artifact.sha256(), artifact.zone().label() + " object");
    }
    return statement;
  }
}
