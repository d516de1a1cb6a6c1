package example.extensions;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import io.temporal.activity.ActivityInterface;

/** What the notice stage does. */
@ActivityInterface
public interface NoticeActivities {

  /** Keeps a notice about a run in the stage's own zone, once. */
  ArtifactRef publishNotice(String runId, String text);
}
