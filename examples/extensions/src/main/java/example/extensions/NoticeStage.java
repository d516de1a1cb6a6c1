package example.extensions;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StagePlugin;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A stage with a role, a key, a queue and a zone of its own. */
public final class NoticeStage implements StageDefinition {

  static final Role ROLE = new Role("notice");
  static final Zone NOTICES = new Zone("notices");

  @Override
  public Role role() {
    return ROLE;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.to(NOTICES, Zone.EVIDENCE);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new Plugin(context);
  }

  private static final class Plugin extends StagePlugin {
    Plugin(StageContext context) {
      super(ROLE, () -> new Notices(context));
    }
  }

  private record Notices(StageContext context) implements NoticeActivities {
    @Override
    public ArtifactRef publishNotice(String runId, String text) {
      return StageAttempt.runOnce(
          context,
          runId,
          List.of(text),
          NoticeFormat.INSTANCE,
          (attempt, folder) ->
              context.store().put(NOTICES, text.getBytes(StandardCharsets.UTF_8), "text/plain"));
    }
  }
}
