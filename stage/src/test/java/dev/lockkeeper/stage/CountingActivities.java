package dev.lockkeeper.stage;

import io.temporal.activity.ActivityInterface;

/** A stage of one's own, as small as it can be. */
@ActivityInterface
public interface CountingActivities {

  /** How often it was called for a subject before, counting this call. */
  int count(String runId, String subject);
}
