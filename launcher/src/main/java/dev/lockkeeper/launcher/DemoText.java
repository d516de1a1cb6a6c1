package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.run.RollbackSummary;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The demo's summary for people.
 *
 * @param console where it goes
 * @param state where reports are
 */
record DemoText(Console console, StateFolder state) {

  void print(DemoSummary summary, String webUi, Path trace) {
    for (RunReport run : summary.runs()) {
      run(run);
    }
    console.answer(
        String.format(
            Locale.ROOT,
            "live traffic: %d requests, %d failed; %.1f s in all",
            summary.traffic().requests(),
            summary.traffic().failed(),
            summary.seconds()));
    console.answer("");
    console.answer("Web UI   " + webUi);
    console.answer("trace    " + trace);
    console.answer("logs     " + state.logs());
    console.answer(
        "verify   ./lockkeeper verify "
            + summary.runs().get(0).runId()
            + " --state "
            + state.path());
  }

  private void run(RunReport run) {
    console.answer(run.runId() + ": " + run.verdict() + ", " + run.message());
    RunReport.MetricLine auc = run.metrics().get("auc");
    if (auc != null) {
      console.answer(
          String.format(
              Locale.ROOT,
              "  area under the ROC curve %.3f [%.3f, %.3f]%s",
              auc.value(),
              auc.low(),
              auc.high(),
              auc.baseline() == null
                  ? ""
                  : String.format(Locale.ROOT, ", stable version %.3f", auc.baseline())));
    }
    RollbackSummary rollback = run.rollback();
    if (rollback != null) {
      console.answer(
          String.format(
              Locale.ROOT,
              "  taken back after %d canary requests, restored in %.2f s",
              rollback.canaryRequests(),
              rollback.restoreSeconds()));
    }
    for (String report : run.reports()) {
      console.answer("  report " + file(report));
    }
  }

  private String file(String uri) {
    return state
        .zonesFolder()
        .map(zones -> file(zones.resolve(uri.substring("lockkeeper://".length()))).toString())
        .orElse(uri);
  }

  /** A browser takes the file for a page only under the name that ends so. */
  private static Path file(Path file) {
    Path page = file.resolveSibling("../named/" + file.getFileName() + ".html").normalize();
    return Files.exists(page) ? page : file;
  }
}
