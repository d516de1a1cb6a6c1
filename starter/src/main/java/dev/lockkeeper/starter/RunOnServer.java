package dev.lockkeeper.starter;

import dev.lockkeeper.client.ClientException;
import dev.lockkeeper.client.RunHandle;
import dev.lockkeeper.client.RunWatcher;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.RunId;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A run as commands use it: what goes wrong is a {@link CommandException}.
 *
 * @param connection the server
 * @param handle the run
 */
public record RunOnServer(Connection connection, RunHandle handle) {

  /** A run id as people type it. */
  static RunId parse(String text) {
    try {
      return RunId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  public boolean exists() {
    return connection.call(handle::exists);
  }

  public RunStatus status() {
    return connection.call(handle::status);
  }

  public ReviewStatus review() {
    return connection.call(handle::review);
  }

  public DecisionReceipt decide(SignedDecision decision, Consumer<String> waiting) {
    return connection.call(() -> handle.decide(decision, waiting));
  }

  /** Shows the run's progress until it has ended. */
  public RunStatus follow(Console console) throws InterruptedException {
    return follow(console, status -> false);
  }

  /** Shows the run's progress until a condition is met or it has ended. */
  public RunStatus follow(Console console, Predicate<RunStatus> enough)
      throws InterruptedException {
    try {
      return handle.follow(shownOn(new Progress(console)), enough);
    } catch (ClientException e) {
      throw ClientProblem.ofCalling(connection.server(), e);
    }
  }

  private RunWatcher shownOn(Progress progress) {
    return new RunWatcher() {
      @Override
      public void status(RunStatus status) {
        progress.show(status);
      }

      @Override
      public void noAnswer(ClientException problem) {
        CommandException told = ClientProblem.ofCalling(connection.server(), problem);
        progress.note("no answer, trying again: " + told.getMessage());
      }
    };
  }
}
