package dev.lockkeeper.activities.deployment;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityCompletionFailureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server still waits for the attempt that runs here. A worker that stood still learns
 * it by no other way: the heartbeats of its own are sent behind its back, and their answer is late.
 */
final class LiveAttempt {

  private static final Logger LOG = LoggerFactory.getLogger(LiveAttempt.class);

  private LiveAttempt() {}

  /**
   * Asks the server.
   *
   * @param change what is about to be written, for the log and the attempt's progress
   * @throws ActivityCompletionException if the attempt is over, cancelled or paused, or if the
   *     server does not answer
   */
  static void require(String change) {
    ActivityExecutionContext attempt = Activity.getExecutionContext();
    try {
      attempt
          .getWorkflowClient()
          .newActivityCompletionClient()
          .heartbeat(attempt.getTaskToken(), change);
    } catch (ActivityCompletionFailureException e) {
      throw e;
    } catch (ActivityCompletionException e) {
      LOG.warn("{} is not written: the server does not wait for this attempt any more", change);
      throw e;
    }
  }

  /** As {@link #require}, but a server that does not answer is no obstacle. */
  static void requireUnlessAway(String change) {
    try {
      require(change);
    } catch (ActivityCompletionFailureException e) {
      LOG.warn("{} is written without asking the server, which does not answer: {}", change, e);
    }
  }
}
