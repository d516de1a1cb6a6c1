package dev.lockkeeper.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.run.Stage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTableTest {

  @TempDir private Path folder;

  @Test
  void breaches_areAListThatIsToldOnce() {
    String found = "column 'fare', minimum: 3 rows differ | column 'day', required | and 4 more";

    assertEquals(
        List.of(
            "run tips@1: REJECTED",
            "  ingestion   refused      1.5 s  3 findings:",
            "    - column 'fare', minimum: 3 rows differ",
            "    - column 'day', required",
            "    - and 4 more"),
        whole(StageState.REFUSED, found, "ingestion: " + found));
  }

  @Test
  void reasonOfOneLine_isToldOnce() {
    assertEquals(
        List.of("run tips@1: REJECTED", "  ingestion   failed       1.5 s", "SOURCE_NOT_FOUND: x"),
        whole(StageState.FAILED, "SOURCE_NOT_FOUND: x", "SOURCE_NOT_FOUND: x"));
  }

  @Test
  void reasonThatNoStageTells_isTold() {
    assertEquals(
        List.of(
            "run tips@1: REJECTED", "  ingestion   done         1.5 s  10 rows accepted", "why"),
        whole(StageState.DONE, "10 rows accepted", "why"));
  }

  private List<String> whole(StageState state, String found, String message) {
    StageStatus stage = new StageStatus(Stage.INGESTION, state, 1.5, 1, null, found, null);
    RunStatus run =
        new RunStatus(
            "tips@1",
            "tips",
            "1",
            "tips",
            Verdict.REJECTED,
            message,
            "",
            List.of(stage),
            List.of(),
            List.of(),
            null);
    return RunTable.whole(run, new StateFolder(folder));
  }
}
