package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import java.net.URI;
import java.util.List;

/** A rollback without a server; given by whoever may use the deployment role. */
@FunctionalInterface
public interface OfflineRollback {

  /**
   * Restores an endpoint with the deployment role's key and zones.
   *
   * @param gateways who is told
   * @throws CommandException if it was not restored
   */
  RollbackResult rollBack(StateFolder state, List<URI> gateways, RollbackInput input);
}
