package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.VersionChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what is to be decided. */
@Command(
    name = "review",
    description = "Shows what is to be decided on a run, by whom, until when, and how.",
    footer = {
      "",
      "Example:",
      "  ./lockkeeper review chicago-taxi-tips@1",
      "",
      "The evaluation page on this machine:",
      "  ./lockkeeper review chicago-taxi-tips@1 --page page.html",
      "",
      "With a key that only ssh-keygen can use:",
      "  ./lockkeeper review chicago-taxi-tips@1 --as alice --write decision.json",
      "  ssh-keygen -Y sign -n lockkeeper-approval@v1 -f KEY decision.json",
      "  ./lockkeeper approve chicago-taxi-tips@1 --document decision.json \\",
      "    --signature decision.json.sig"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReviewCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Parameters(paramLabel = "RUN", description = "The run: MODEL@VERSION.")
  private String run;

  @Option(names = "--write", paramLabel = "FILE", description = "Write the document to sign.")
  private @Nullable Path write;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description =
          "Copy the evaluation page out of the store, after holding it against the signed gate"
              + " statement; '-' writes it alone to standard output.")
  private @Nullable Path page;

  @Option(
      names = "--as",
      paramLabel = "PRINCIPAL",
      description = "Who will sign it (default: LOCKKEEPER_USER, else your user name).")
  private @Nullable String principal;

  @Option(
      names = "--decision",
      defaultValue = "APPROVE",
      description = "What the document decides: ${COMPLETION-CANDIDATES} (default: APPROVE).")
  private DecisionKind decision;

  @Option(names = "--reason", defaultValue = "", description = "Why; needed for a rejection.")
  private String reason;

  @Override
  public Integer call() throws IOException {
    RunId id = RunOnServer.parse(run);
    try (Connection connection = Connection.open(top)) {
      RunOnServer target = connection.run(id);
      ReviewStatus status = target.review();
      if (page != null && copied(page, new SignedPage(top.state(), id), target.status(), status)) {
        return ExitCode.OK.code();
      }
      if (write != null) {
        write(id, status, write);
      }
      if (top.json()) {
        top.console().answerJson(status);
      } else {
        print(id, status);
      }
      return ExitCode.OK.code();
    }
  }

  /** Copies the page; returns whether that was the whole answer. */
  private boolean copied(Path file, SignedPage signed, RunStatus run, ReviewStatus status)
      throws IOException {
    byte[] bytes = signed.read(run, status);
    if (file.toString().equals("-")) {
      top.console().out().writeBytes(bytes);
      top.console().out().flush();
      return true;
    }
    Files.write(file, bytes);
    top.console().note("wrote " + file + ", which is the page that the validation stage signed");
    return false;
  }

  private void write(RunId id, ReviewStatus status, Path file) throws IOException {
    Review review = Decisions.open(id, status);
    DecisionDocument document =
        new DecisionDocument(review.terms(), decision, Principal.of(principal), reason);
    Files.writeString(file, Decisions.text(document));
    top.console()
        .note(
            "wrote "
                + file
                + "; sign it with: ssh-keygen -Y sign -n "
                + DecisionDocument.SIGNATURE_NAMESPACE
                + " -f KEY "
                + file);
  }

  private void print(RunId id, ReviewStatus status) {
    Console console = top.console();
    Review review = status.review();
    if (review == null) {
      console.answer("run " + id + ": nothing is to be decided now");
    } else {
      terms(review);
    }
    started(status);
    metrics(status);
    changes(status);
    status.findings().forEach(finding -> console.answer("to know: " + finding));
    if (!status.gates().isEmpty()) {
      console.answer("gates:");
    } else if (!status.metrics().isEmpty()) {
      console.answer("gates: none, so nothing could refuse this version");
    }
    for (GateResult gate : status.gates()) {
      console.answer(
          String.format("  %-28s %-12s %s", gate.gate(), gate.outcome(), gate.message()));
    }
    if (status.page() != null) {
      console.answer("evaluation page: " + RunTable.location(top.state(), status.page()));
    }
    for (AcceptedDecision one : status.accepted()) {
      console.answer(
          "counts: "
              + one.decision()
              + " by "
              + one.approver()
              + " ("
              + one.keyFingerprint()
              + ")");
    }
    status.refused().forEach(line -> console.answer("changed nothing: " + line));
    if (review != null) {
      console.answer("to decide:");
      String who = id + " --key KEY --as PRINCIPAL";
      console.answer("  ./lockkeeper approve " + who + top.stateOption());
      console.answer("  ./lockkeeper reject " + who + " --reason TEXT" + top.stateOption());
    }
  }

  private void started(ReviewStatus status) {
    if (!status.startedBy().isEmpty()) {
      top.console()
          .answer(
              "started by "
                  + status.startedBy()
                  + (status.reason().isEmpty() ? "" : ": " + status.reason()));
      top.console().note(Principal.claimed(status.startedBy()));
    }
  }

  private void changes(ReviewStatus status) {
    for (VersionChange change : status.changes()) {
      top.console()
          .answer(
              "changed: "
                  + change.subject()
                  + ": "
                  + (change.stable() == null ? "-" : change.stable())
                  + " -> "
                  + (change.candidate() == null ? "-" : change.candidate()));
    }
  }

  private void metrics(ReviewStatus status) {
    Console console = top.console();
    if (!status.metrics().isEmpty()) {
      console.answer(
          String.format("%-12s %10s  %-18s %10s", "metrics:", "candidate", "interval", "stable"));
    }
    for (MetricValue metric : status.metrics()) {
      String stable =
          metric.baseline() == null ? "-" : String.format(Locale.ROOT, "%.4f", metric.baseline());
      console.answer(
          String.format(
              Locale.ROOT,
              "  %-10s %10.4f  [%.4f, %.4f]   %10s",
              metric.name(),
              metric.value(),
              metric.low(),
              metric.high(),
              stable));
    }
  }

  private void terms(Review review) {
    DecisionTerms terms = review.terms();
    Console console = top.console();
    boolean unshown = terms.action().equals(DecisionTerms.PROMOTE_UNSHOWN);
    console.answer(
        "promote "
            + terms.model()
            + "@"
            + terms.version()
            + " to "
            + terms.target()
            + (unshown ? ", which is not shown to stay inside the margin" : ""));
    console.answer("  package root  " + terms.packageRoot());
    console.answer((unshown ? "  verdict       " : "  gate results  ") + terms.evidenceDigest());
    console.answer(
        "  who           " + review.quorum() + " of " + String.join(", ", review.approvers()));
    if (review.lacksApprovers()) {
      console.answer(
          "                too few are enrolled: until others are, a rejection alone counts");
    }
    console.answer("  until         " + terms.expires());
  }
}
