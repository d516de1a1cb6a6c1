package dev.lockkeeper.activities.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.training.TrainingProgress;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.training.TrainedModel;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that somebody or something stops while its process is at work. */
class InterruptedTrainingTest {

  /** Several times as long as the parent's interval between two looks at the child. */
  private static final Map<String, String> LONG = Map.of("rounds", "6000", "max_depth", "3");

  @TempDir Path folder;
  private TrainingFixture fixture;
  private final AtomicReference<TrainingProgress> progress = new AtomicReference<>();

  @BeforeEach
  void open() throws Exception {
    fixture = new TrainingFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void killedProcess_isRetriedFromItsCheckpointAndGivesTheSameModel() throws Exception {
    whenKept(InterruptedTrainingTest::killChildren);
    ActivityFailure killed =
        assertThrows(ActivityFailure.class, () -> fixture.train("m@1", "xgboost", LONG));
    ApplicationFailure cause = (ApplicationFailure) killed.getCause();
    assertEquals("TRAINING_INTERRUPTED", cause.getType());
    assertFalse(cause.isNonRetryable());
    assertTrue(
        cause.getOriginalMessage().startsWith("the training process was killed by signal 9: "),
        cause.getOriginalMessage());

    fixture.stage().replaceWorker();
    fixture.stage().temporal().setHeartbeatDetails(progress.get());
    TrainedModel resumed = fixture.train("m@1", "xgboost", LONG);
    fixture.stage().replaceWorker();
    TrainedModel whole = fixture.train("m@2", "xgboost", LONG);

    assertArrayEquals(fixture.read(whole.model()), fixture.read(resumed.model()));
    ArtifactRef checkpoint = progress.get().checkpoint();
    assertNotNull(checkpoint);
    assertEquals(
        checkpoint.sha256(),
        Json.mapper().readTree(fixture.read(resumed.record())).path("resumedFrom").asText());
    assertTrue(
        fixture
            .stage()
            .context()
            .verifyInput(resumed.evidence(), Role.TRAINING, resumed.model())
            .materials()
            .stream()
            .anyMatch(material -> material.sha256().equals(checkpoint.sha256())));
    assertNotEquals(whole.record(), resumed.record());
  }

  @Test
  void checkpointThatSomebodyChanged_isRefused() throws Exception {
    whenKept(InterruptedTrainingTest::killChildren);
    assertThrows(ActivityFailure.class, () -> fixture.train("m@1", "xgboost", LONG));
    Path object =
        fixture
            .signed()
            .state()
            .store()
            .resolve("candidates/sha256/" + progress.get().checkpoint().sha256());
    assertTrue(object.toFile().setWritable(true));
    Files.write(object, new byte[] {1, 2, 3});

    fixture.stage().replaceWorker();
    fixture.stage().temporal().setHeartbeatDetails(progress.get());
    ActivityFailure refused =
        assertThrows(ActivityFailure.class, () -> fixture.train("m@1", "xgboost", LONG));
    assertEquals("CUSTODY_BROKEN", ((ApplicationFailure) refused.getCause()).getType());
  }

  @Test
  void cancelledTraining_leavesNoProcess() throws Exception {
    AtomicReference<List<ProcessHandle>> family = new AtomicReference<>();
    fixture
        .stage()
        .temporal()
        .setActivityHeartbeatListener(
            TrainingProgress.class,
            beat -> {
              if (family.compareAndSet(null, ProcessHandle.current().descendants().toList())) {
                fixture.stage().temporal().requestCancelActivity();
              }
            });
    assertThrows(CanceledFailure.class, () -> fixture.train("m@1", "xgboost", LONG));
    assertFalse(family.get().isEmpty());
    assertEquals(List.of(), family.get().stream().filter(ProcessHandle::isAlive).toList());
    assertEquals(0, fixture.candidates());
  }

  @Test
  void sampledFit_keepsNoCheckpointSinceItCouldNotGoOnAlike() throws Exception {
    Map<String, String> sampled = new HashMap<>(LONG);
    sampled.put("subsample", "0.7");
    AtomicInteger beats = new AtomicInteger();
    fixture
        .stage()
        .temporal()
        .setActivityHeartbeatListener(
            TrainingProgress.class,
            beat -> {
              assertNull(beat.checkpoint());
              beats.incrementAndGet();
            });
    fixture.train("m@1", "xgboost", sampled);
    assertTrue(beats.get() > 0);
  }

  /** It is stopped and not killed: nobody but the clock can tell. */
  @Test
  void processThatHangs_isEndedAndMayBeTriedAgain() throws Exception {
    fixture.close();
    fixture =
        new TrainingFixture(
            Files.createDirectory(folder.resolve("hung")),
            new ChildLimits(512, Duration.ofSeconds(3)));
    AtomicReference<List<ProcessHandle>> family = new AtomicReference<>();
    whenKept(() -> family.set(stopChildren()));

    ActivityFailure hung =
        assertThrows(ActivityFailure.class, () -> fixture.train("m@1", "xgboost", LONG));

    ApplicationFailure cause = (ApplicationFailure) hung.getCause();
    assertEquals("TRAINING_INTERRUPTED", cause.getType());
    assertFalse(cause.isNonRetryable());
    assertTrue(
        cause
            .getOriginalMessage()
            .startsWith(
                "the training process hung and was ended: for 3 s"
                    + " (LOCKKEEPER_TRAINING_IDLE_SECONDS) it used no processor time"),
        cause.getOriginalMessage());
    assertEquals(List.of(), family.get().stream().filter(ProcessHandle::isAlive).toList());
  }

  private static List<ProcessHandle> stopChildren() {
    List<ProcessHandle> family = ProcessHandle.current().descendants().toList();
    try {
      for (ProcessHandle one : family) {
        new ProcessBuilder("kill", "-STOP", Long.toString(one.pid())).start().waitFor();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return family;
  }

  private void whenKept(Runnable then) {
    fixture
        .stage()
        .temporal()
        .setActivityHeartbeatListener(
            TrainingProgress.class,
            beat -> {
              if (beat.checkpoint() != null && progress.compareAndSet(null, beat)) {
                then.run();
              }
            });
  }

  private static void killChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
