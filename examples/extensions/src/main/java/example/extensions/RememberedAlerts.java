package example.extensions;

import dev.lockkeeper.stage.Alert;
import dev.lockkeeper.stage.AlertSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps alerts in this process, as a sink that tells a chat room would send them. */
public final class RememberedAlerts implements AlertSink {

  private static final List<Alert> RAISED = new CopyOnWriteArrayList<>();

  static List<Alert> raised() {
    return List.copyOf(RAISED);
  }

  @Override
  public void raise(Alert alert) {
    RAISED.add(alert);
  }
}
