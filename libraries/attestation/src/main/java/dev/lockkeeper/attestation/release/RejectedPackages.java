package dev.lockkeeper.attestation.release;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionAttempt;
import dev.lockkeeper.formats.approval.DecisionAttemptFormat;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.ArtifactStore;
import java.util.Optional;

/**
 * The rejections that counted, by package: one named object {@code rejections/ROOT/DIGEST.json} for
 * each, a {@link DecisionAttempt}. A run that is reset forgets its rejection; the store does not.
 *
 * @param store reaches the evidence zone
 */
public record RejectedPackages(ArtifactStore store) {

  private static final String FOLDER = "rejections/";

  /** Records a rejection that counts; nothing takes it back. */
  public void add(String packageRoot, DecisionAttempt rejection) {
    byte[] record = DecisionAttemptFormat.INSTANCE.write(rejection);
    String name = FOLDER + packageRoot + "/" + Digests.sha256(record) + ".json";
    store.putNamed(Zone.EVIDENCE, name, record);
  }

  /** Who rejected a package, when and why, as the end of a sentence; empty if nobody did. */
  public Optional<String> find(String packageRoot) {
    return store
        .names(Zone.EVIDENCE, FOLDER + packageRoot + "/")
        .findFirst()
        .map(name -> store.readNamed(Zone.EVIDENCE, name).map(RejectedPackages::text).orElse(""))
        .map(text -> "package " + packageRoot + " was rejected" + text);
  }

  /** A record that cannot be read rejects as well. */
  private static String text(byte[] record) {
    try {
      DecisionAttempt attempt = DecisionAttemptFormat.INSTANCE.read(record);
      AcceptedDecision decision = attempt.decision();
      String by = decision == null ? "" : " by " + decision.approver();
      String reason = decision == null ? "" : " (" + decision.reason() + ")";
      return by + " at " + attempt.receivedAt() + " in run " + attempt.runId() + reason;
    } catch (FormatException unreadable) {
      return ", by a record that cannot be read: " + unreadable.getMessage();
    }
  }
}
