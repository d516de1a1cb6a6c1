package example.extensions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.stage.AlertSink;
import dev.lockkeeper.testing.AlertSinkContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class WebhookAlertsTest extends AlertSinkContract {

  private Webhook webhook;

  @BeforeEach
  void open() throws IOException {
    webhook = Webhook.open();
  }

  @AfterEach
  void close() {
    webhook.close();
  }

  @Override
  protected AlertSink sink() {
    return new WebhookAlerts();
  }

  @Override
  protected AlertSink unreachable() {
    webhook.close();
    return new WebhookAlerts();
  }

  @Override
  protected List<Arrived> arrived() {
    List<Arrived> arrived = new ArrayList<>();
    for (JsonNode alert : webhook.alerts()) {
      alert
          .path("messages")
          .forEach(
              message ->
                  arrived.add(
                      new Arrived(
                          alert.path("id").asText(),
                          alert.path("subject").asText(),
                          message.asText())));
    }
    return arrived;
  }
}
