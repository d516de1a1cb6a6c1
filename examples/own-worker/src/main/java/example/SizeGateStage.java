package example;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StagePlugin;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/** What our validation says of itself; it is named in META-INF/services. */
public final class SizeGateStage implements StageDefinition {

  @Override
  public Role role() {
    return Role.VALIDATION;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.reading(Zone.CANDIDATES, Zone.EVIDENCE)
        .writing(Zone.EVIDENCE, Zone.REPORTS);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new SizeGatePlugin(context);
  }

  private static final class SizeGatePlugin extends StagePlugin {
    SizeGatePlugin(StageContext context) {
      super(Role.VALIDATION, () -> new SizeGate(context));
    }
  }
}
