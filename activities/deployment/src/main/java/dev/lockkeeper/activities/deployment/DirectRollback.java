package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.RestorePlan;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.stage.StageFailures;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rollback without a Temporal server, by whoever has the deployment role's key and zones: the
 * same manifest as a worker writes, in the same way. A canary that goes on later finds that the
 * endpoint has changed, and ends.
 */
public final class DirectRollback {

  private static final Logger LOG = LoggerFactory.getLogger(DirectRollback.class);

  private final StageContext context;
  private final Manifests manifests;
  private final Gateways gateways;

  /**
   * @param context the context of the deployment role, see {@link DeploymentDefinition}
   * @param targets who is told; each gateway follows by itself too
   */
  public DirectRollback(StageContext context, List<URI> targets) {
    this.context = context;
    this.manifests = new Manifests(context);
    this.gateways = Gateways.open(targets);
  }

  /**
   * Restores. The result's confirmation says which gateways serve it already, perhaps none.
   *
   * @throws StageException {@code SPECIFICATION_INVALID} if there is nothing to restore, {@code
   *     STORE_UNAVAILABLE} if the zone cannot be read or written, {@code CUSTODY_BROKEN} if what is
   *     to be restored does not verify
   */
  public RollbackResult rollBack(RollbackInput input) {
    try {
      return restored(input, System.nanoTime());
    } catch (RuntimeException e) {
      throw StageFailures.classify(e).orElseThrow(() -> e);
    }
  }

  private RollbackResult restored(RollbackInput input, long started) {
    Optional<ServingManifest> newest = manifests.newest(input.endpoint());
    ServingState before = Manifests.state(input.endpoint(), newest);
    RestorePlan plan = RestorePlan.of(before, input.version(), false);
    String reason = input.reason() + " (asked by " + input.requestedBy() + ")";
    Restoration restoration =
        new Restoration(
            manifests,
            new RestoreInput(
                input.endpoint(),
                plan.version(),
                reason,
                UUID.randomUUID() + "/direct",
                before.sequence(),
                plan.takesBack(),
                plan.anyCandidate()),
            change -> LOG.info("{} is written without a server", change));
    ServingManifest after = restoration.manifest();
    Confirmation confirmation = gateways.told(input.endpoint(), after.sequence(), started);
    ServingState state = Manifests.state(input.endpoint(), Optional.of(after));
    byte[] envelope = manifests.envelope(input.endpoint(), after.sequence());
    Evidence evidence =
        new Evidence(context.storeStatement(envelope), 1, Math.round(confirmation.seconds() * 1e3));
    return new RollbackResult(
        new Deployment(state, confirmation.seconds(), evidence, confirmation),
        input.endpoint()
            + " went from "
            + before.versions()
            + " to "
            + state.versions()
            + " by manifest "
            + after.sequence()
            + ": "
            + reason);
  }
}
