package dev.lockkeeper.launcher;

import dev.lockkeeper.activities.deployment.DeploymentDefinition;
import dev.lockkeeper.activities.deployment.DirectRollback;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.ExitCode;
import dev.lockkeeper.starter.OfflineRollback;
import dev.lockkeeper.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** A rollback with the deployment role's key. */
final class DeploymentKeyRollback implements OfflineRollback {

  @Override
  public RollbackResult rollBack(StateFolder state, List<URI> gateways, RollbackInput input) {
    try {
      StageContext context = StageContext.open(state, new DeploymentDefinition());
      return new DirectRollback(context, gateways).rollBack(input);
    } catch (NoSuchFileException e) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          e.getFile()
              + " is missing: a rollback without a server needs the deployment role's key and the"
              + " trust folder",
          e);
    } catch (StageException e) {
      throw notRolledBack(code(e.type()), input, e);
    } catch (IOException | StoreException | IllegalArgumentException e) {
      throw notRolledBack(ExitCode.USAGE, input, e);
    }
  }

  private static CommandException notRolledBack(
      ExitCode code, RollbackInput input, Exception failure) {
    return new CommandException(
        code,
        "endpoint " + input.endpoint() + " was not rolled back: " + failure.getMessage(),
        failure);
  }

  private static ExitCode code(FailureType type) {
    return switch (type) {
      case SPECIFICATION_INVALID -> ExitCode.NOT_FOUND;
      case CUSTODY_BROKEN -> ExitCode.REFUSED;
      default -> ExitCode.FAILED;
    };
  }
}
