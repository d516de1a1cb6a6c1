package dev.lockkeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.fixtures.CountFormat;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that Lockkeeper does not know, tested as a user would. */
class StageUnderTestTest {

  private static final Role COUNTING = new Role("counting");

  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private SignedRun run;
  private StageUnderTest stage;

  @BeforeEach
  void start() throws IOException {
    run =
        SignedRun.in(
            folder,
            new RunContext("tips@1", "run-1", "default", "tips", "1", "ada", "0".repeat(64)),
            COUNTING);
    stage = new StageUnderTest(run, new CountingStage(), this::counting);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private TallyActivities counting(StageContext context) {
    return dataset ->
        StageAttempt.runOnce(
            context,
            run.run().runId(),
            List.of(dataset.processed()),
            CountFormat.INSTANCE,
            (attempt, work) -> {
              context.verifyInput(dataset.evidence(), Role.INGESTION, dataset.processed());
              return asked.incrementAndGet();
            });
  }

  private Dataset.Accepted dataset(String rows) throws IOException {
    return run.dataset(run.put(Zone.PROCESSED, rows), 1);
  }

  @Test
  void signedInput_isAccepted() throws IOException {
    assertEquals(1, stage.call(TallyActivities.class).count(dataset("a")));
  }

  @Test
  void worker_thatReplacesAnother_findsTheFinishedWork() throws IOException {
    Dataset.Accepted dataset = dataset("a");
    stage.call(TallyActivities.class).count(dataset);
    stage.replaceWorker();

    assertEquals(1, stage.call(TallyActivities.class).count(dataset));
    assertEquals(1, asked.get());
  }

  @Test
  void inputOfAnotherRole_isRefused() throws IOException {
    var processed = run.put(Zone.PROCESSED, "b");
    var evidence = run.provenance(Role.TRAINING, List.of(processed), List.of());
    Dataset.Accepted forged = new Dataset.Accepted(processed, processed, 1, processed, evidence);

    var failure = stage.failure(() -> stage.call(TallyActivities.class).count(forged));

    assertEquals(FailureType.CUSTODY_BROKEN.name(), failure.getType());
    assertTrue(failure.isNonRetryable());
  }

  @Test
  void zoneThatTheStageDoesNotDeclare_isOutOfReach() throws IOException {
    var raw = run.put(Zone.RAW, "raw");

    assertThrows(RuntimeException.class, () -> stage.context().store().read(raw));
  }

  @Test
  void successWhereAFailureIsExpected_failsTheTest() throws IOException {
    Dataset.Accepted dataset = dataset("a");

    assertThrows(
        AssertionError.class,
        () -> stage.failure(() -> stage.call(TallyActivities.class).count(dataset)));
  }

  private static final class CountingStage implements StageDefinition {

    @Override
    public Role role() {
      return COUNTING;
    }

    @Override
    public ZoneAccess access() {
      return ZoneAccess.to(Zone.PROCESSED, Zone.EVIDENCE);
    }

    @Override
    public WorkerPlugin plugin(StageContext context, StageSettings settings) {
      throw new UnsupportedOperationException("the activities are registered by the test");
    }
  }
}
