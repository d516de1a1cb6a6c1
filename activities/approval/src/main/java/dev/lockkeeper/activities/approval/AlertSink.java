package dev.lockkeeper.activities.approval;

/** Where people are told that something waits for them. */
public interface AlertSink {

  /**
   * Tells.
   *
   * @param subject what waits, for example {@code taxi-tips@2}
   * @param text one line that says who must do what until when
   */
  void raise(String subject, String text);
}
