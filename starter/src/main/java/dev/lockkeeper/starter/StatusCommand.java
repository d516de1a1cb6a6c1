package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.formats.run.ShortName;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows a run or an endpoint. */
@Command(
    name = "status",
    description =
        "Shows a run: stages, metrics, verdict. The exit code is the verdict's, 0 while it runs."
            + " Or shows an endpoint: what serves, its canary, its watch for drift.",
    footer = {
      "",
      "Example:",
      "  ./lockkeeper status chicago-taxi-tips@1 --output json",
      "  ./lockkeeper status chicago-taxi-tips"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StatusCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Parameters(
      paramLabel = "RUN|ENDPOINT",
      description = "The run: MODEL@VERSION. Or the endpoint's name.")
  private String run;

  @Override
  public Integer call() throws IOException {
    if (ShortName.fits(run)) {
      return new EndpointStatus(top, run).show();
    }
    RunId id = RunOnServer.parse(run);
    try (Connection connection = Connection.open(top)) {
      RunStatus status = connection.run(id).status();
      if (top.json()) {
        top.console().answerJson(RunReport.of(status));
      } else {
        RunTable.whole(status, top.state()).forEach(top.console()::answer);
      }
      return ExitCode.of(status.verdict()).code();
    }
  }
}
