package dev.lockkeeper.starter;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.lockkeeper.client.EndpointHandle;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.CanaryStatus;
import dev.lockkeeper.contracts.monitoring.MonitoringStatus;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.formats.run.RunId;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint: what its manifests say, and what works on it.
 *
 * @param top the command line
 * @param endpoint the endpoint's name
 */
record EndpointStatus(LockkeeperCommand top, String endpoint) {

  /** The same for programs. */
  @JsonPropertyOrder({"serves", "confirmation", "canary", "watch"})
  record Answer(
      ServedEndpoint serves,
      @Nullable Confirmation confirmation,
      @Nullable CanaryStatus canary,
      @Nullable MonitoringStatus watch) {}

  int show() throws IOException {
    ServedEndpoint serves =
        EndpointsCommand.read(top.state()).stream()
            .filter(one -> one.endpoint().equals(endpoint))
            .findFirst()
            .orElseThrow(() -> unknown());
    try (Connection connection = Connection.open(top)) {
      EndpointHandle handle = connection.client().endpoint(endpoint);
      CanaryStatus canary = connection.call(handle::canary).orElse(null);
      MonitoringStatus watch = connection.call(handle::watch).orElse(null);
      Confirmation confirmation =
          canary == null
              ? connection.call(() -> handle.confirmation(serves.sequence())).orElse(null)
              : canary.confirmation();
      Answer answer = new Answer(serves, confirmation, canary, watch);
      if (top.json()) {
        top.console().answerJson(answer);
      } else {
        print(answer);
      }
      return ExitCode.OK.code();
    }
  }

  private CommandException unknown() {
    return new CommandException(
        ExitCode.NOT_FOUND,
        "no endpoint '"
            + endpoint
            + "' in "
            + top.state().path()
            + "; 'endpoints' shows what there is. A run is named MODEL@VERSION");
  }

  private void print(Answer answer) {
    ServedEndpoint serves = answer.serves();
    MonitoringStatus watch = answer.watch();
    Console console = top.console();
    console.answer(
        "endpoint "
            + endpoint
            + (serves.version() == null
                ? " serves no stable version"
                : " serves "
                    + serves.model()
                    + "@"
                    + serves.version()
                    + " since "
                    + TimeText.ago(serves.since(), Instant.now())));
    console.answer("  manifest  " + serves.sequence() + ": " + serves.reason());
    if (answer.confirmation() != null) {
      console.answer("            " + answer.confirmation().text());
    }
    console.answer("  canary    " + canary(serves, answer.canary()));
    console.answer("  watch     " + watch(watch));
    if (serves.model() != null && serves.version() != null) {
      new ExampleRequest(top.state(), endpoint)
          .curl(new RunId(serves.model(), serves.version()))
          .ifPresent(curl -> console.answer("  try it    " + curl));
    }
    if (watch != null) {
      watch.latest().forEach(alert -> console.answer("            " + alert.message()));
    }
  }

  private static String canary(ServedEndpoint serves, @Nullable CanaryStatus canary) {
    if (serves.candidate() == null) {
      return "none";
    }
    String arm =
        "version "
            + serves.candidate()
            + " at "
            + TrafficShare.text(serves.candidatePercent())
            + " %";
    Instant end = serves.leaseUntil();
    Instant now = Instant.now();
    if (end != null && serves.isLapsed(now)) {
      return arm
          + "; its lease ended "
          + TimeText.ago(end, now)
          + ", and the gateways took it back by themselves: './lockkeeper rollback' ends it";
    }
    if (canary == null) {
      return arm + "; no workflow watches it: './lockkeeper rollback' takes it back";
    }
    CanaryLook look = canary.look();
    return arm
        + ", step "
        + canary.step()
        + " of "
        + canary.steps()
        + (look == null ? "" : ": " + look.message());
  }

  private static String watch(@Nullable MonitoringStatus watch) {
    return watch == null
        ? "none"
        : "version "
            + watch.version()
            + ": "
            + Counted.of(watch.windows(), "window")
            + " compared, "
            + Counted.of(watch.alerts(), "alert");
  }
}
