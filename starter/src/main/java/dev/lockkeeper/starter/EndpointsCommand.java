package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.TrafficShare;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Lists endpoints. */
@Command(
    name = "endpoints",
    description = "Shows what each endpoint serves now, by its signed manifests alone.",
    footer = {"", "Example:", "  ./lockkeeper endpoints"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EndpointsCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Override
  public Integer call() throws IOException {
    List<ServedEndpoint> endpoints = read(top.state());
    if (top.json()) {
      top.console().answerJson(endpoints);
    } else {
      print(endpoints);
    }
    return ExitCode.OK.code();
  }

  /** Every endpoint of a state folder. */
  static List<ServedEndpoint> read(StateFolder state) throws IOException {
    if (!Files.isDirectory(state.trust())) {
      throw new CommandException(
          ExitCode.NOT_FOUND, state.path() + " is not a state folder; name it with --state");
    }
    try {
      return ServedEndpoint.all(
          ArtifactStores.open(state.zones(), ZoneAccess.reading(Zone.DEPLOYMENTS)),
          TrustStore.load(state.trust()));
    } catch (CustodyException e) {
      throw new CommandException(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  private void print(List<ServedEndpoint> endpoints) {
    if (endpoints.isEmpty()) {
      top.console().answer("no endpoint serves anything yet");
      return;
    }
    int width = endpoints.stream().mapToInt(one -> one.endpoint().length()).max().orElse(0);
    String format = "%-" + Math.max(width, "ENDPOINT".length()) + "s  %-16s %-10s %s";
    top.console().answer(String.format(format, "ENDPOINT", "VERSION", "SINCE", "CANARY"));
    Instant now = Instant.now();
    for (ServedEndpoint one : endpoints) {
      top.console()
          .answer(
              String.format(
                  format,
                  one.endpoint(),
                  one.version() == null ? "none" : one.version(),
                  TimeText.ago(one.since(), now),
                  one.candidate() == null
                      ? "none"
                      : one.candidate()
                          + " at "
                          + TrafficShare.text(one.candidatePercent())
                          + " %"
                          + (one.isLapsed(now) ? ", lapsed" : "")));
    }
  }
}
