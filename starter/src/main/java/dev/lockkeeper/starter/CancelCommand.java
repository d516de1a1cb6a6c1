package dev.lockkeeper.starter;

import dev.lockkeeper.client.RunHandle;
import dev.lockkeeper.formats.run.RunId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Cancels a run. */
@Command(
    name = "cancel",
    description = "Ends a run that is in progress; a canary takes its candidate back first.",
    footer = {"", "Example:", "  ./lockkeeper cancel chicago-taxi-tips@2 --reason 'wrong data'"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CancelCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Parameters(paramLabel = "RUN", description = "The run: MODEL@VERSION.")
  private String run;

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  private String reason;

  /** What was asked, for programs. */
  record Asked(String runId, String reason) {}

  @Override
  public Integer call() {
    RunId id = RunOnServer.parse(run);
    try (Connection connection = Connection.open(top)) {
      RunHandle handle = connection.client().run(id);
      connection.call(
          () -> {
            handle.cancel(reason);
            return id;
          });
      if (top.json()) {
        top.console().answerJson(new Asked(id.toString(), reason));
        return ExitCode.OK.code();
      }
      top.console()
          .answer(
              "asked "
                  + id
                  + " to end; './lockkeeper status "
                  + id
                  + top.stateOption()
                  + "' shows how it does");
      return ExitCode.OK.code();
    }
  }
}
