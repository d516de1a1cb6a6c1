package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.formats.run.RunId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows a run. */
@Command(
    name = "status",
    description =
        "Shows a run: stages, metrics, verdict. The exit code is the verdict's, 0 while it runs.",
    footer = {"", "Example:", "  ./lockkeeper status chicago-taxi-tips@1 --output json"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StatusCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Parameters(paramLabel = "RUN", description = "The run: MODEL@VERSION.")
  private String run;

  @Override
  public Integer call() {
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
