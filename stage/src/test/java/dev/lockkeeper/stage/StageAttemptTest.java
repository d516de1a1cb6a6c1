package dev.lockkeeper.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.fixtures.CountFormat;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageAttemptTest {

  @TempDir Path state;
  private final List<Path> folders = new ArrayList<>();
  private TestActivityEnvironment environment;
  private StageContext context;
  private StageAttempt.Work<Integer> work;

  @BeforeEach
  void open() throws IOException {
    context =
        StageContext.open(
            new StateFolder(state).initialise(List.of(Role.INGESTION)),
            Role.INGESTION,
            ZoneAccess.to(Zone.RAW, Zone.EVIDENCE));
    environment = TestActivityEnvironment.newInstance();
    environment.registerActivitiesImplementations(
        (CountingActivities)
            (runId, subject) ->
                StageAttempt.runOnce(
                    context, runId, List.of(subject), CountFormat.INSTANCE, this::counted));
    work = (attempt, folder) -> folders.size();
  }

  private int counted(StageAttempt attempt, Path folder) throws IOException {
    assertTrue(Files.isDirectory(folder));
    Files.writeString(Files.createDirectory(folder.resolve("deep")).resolve("file"), "x");
    folders.add(folder);
    return work.in(attempt, folder);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private int count(String runId, String subject) {
    return environment.newActivityStub(CountingActivities.class).count(runId, subject);
  }

  @Test
  void secondDelivery_findsTheFirstResult() {
    assertEquals(1, count("m@1", "a"));
    assertEquals(1, count("m@1", "a"));
    assertEquals(1, folders.size());
  }

  @Test
  void anotherRunOrAnotherInput_isWorkOfItsOwn() {
    assertEquals(1, count("m@1", "a"));
    assertEquals(2, count("m@1", "b"));
    assertEquals(3, count("m@2", "a"));
  }

  @Test
  void failedWork_leavesNoResultAndIsDoneAgain() {
    StageAttempt.Work<Integer> good = work;
    work =
        (attempt, folder) -> {
          throw new StageException(FailureType.SOURCE_UNREADABLE, "line 3: no");
        };
    assertThrows(ActivityFailure.class, () -> count("m@1", "a"));
    work = good;
    assertEquals(2, count("m@1", "a"));
  }

  @Test
  void workingFolder_isGoneWhetherTheWorkEndsOrFails() {
    count("m@1", "a");
    work =
        (attempt, folder) -> {
          throw new IOException("No space left on device");
        };
    assertThrows(ActivityFailure.class, () -> count("m@1", "b"));
    assertEquals(2, folders.stream().distinct().count());
    assertTrue(folders.stream().noneMatch(Files::exists));
  }

  @Test
  void workingFolderThatFails_isRetriedAndNamesTheStage() {
    work =
        (attempt, folder) -> {
          throw new IOException("Stale file handle");
        };
    ActivityFailure failure = assertThrows(ActivityFailure.class, () -> count("m@1", "a"));
    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertEquals("WORKSPACE_UNAVAILABLE", cause.getType());
    assertFalse(cause.isNonRetryable());
    assertEquals(
        "the ingestion stage cannot use its working folder: Stale file handle",
        cause.getOriginalMessage());
  }

  @Test
  void fullDisk_isRetriedAndNamesTheFolder() {
    work =
        (attempt, folder) -> {
          throw new IOException("No space left on device");
        };
    ActivityFailure failure = assertThrows(ActivityFailure.class, () -> count("m@1", "a"));
    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertEquals("WORKSPACE_UNAVAILABLE", cause.getType());
    assertFalse(cause.isNonRetryable());
    assertEquals(
        "the worker ran out of memory or of space for temporary files: No space left on device;"
            + " free some in "
            + System.getProperty("java.io.tmpdir")
            + ", and the work is tried again",
        cause.getOriginalMessage());
  }
}
