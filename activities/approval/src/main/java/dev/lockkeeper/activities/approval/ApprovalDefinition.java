package dev.lockkeeper.activities.approval;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/** What the approval stage says of itself. */
public final class ApprovalDefinition implements StageDefinition {

  @Override
  public Role role() {
    return Role.APPROVAL;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.reading(Zone.EVIDENCE).writing(Zone.EVIDENCE);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new ApprovalPlugin(context);
  }
}
