package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.testing.StageUnderTest;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may change what an endpoint serves: the one who saw what it serves, and nobody late. */
class ManifestDeploymentTest {

  @TempDir Path folder;
  private ReleasedVersions released;
  private StageUnderTest stage;

  @BeforeEach
  void start() throws IOException {
    released = new ReleasedVersions(folder);
    stage = stage(context -> context);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void changes_followOneAnother() throws IOException {
    released.serveOneAndTryTwo(call());
    call().promoteModel(released.judged(call(), "2", 100, 3));

    assertEquals(List.of("-/1 100", "1", "1/2 25", "2"), released.manifests());
  }

  @Test
  void shareBelowAPercent_isServed() throws IOException {
    stage.close();
    released =
        new ReleasedVersions(
            Files.createDirectory(folder.resolve("half")),
            new DeploymentSpecification(
                List.of(new CanaryStep(0.5, 0, Duration.ZERO)),
                Duration.ofSeconds(1),
                0.05,
                Duration.ofHours(1)));
    stage = stage(context -> context);
    released.serveOne(call());
    Deployment tried = call().shiftTraffic(released.shift("2", 0.5, 2));

    assertEquals(0.5, tried.state().candidatePercent());
    assertEquals(List.of("-/1 100", "1", "1/2 0.5"), released.manifests());
  }

  @Test
  void repeatedShift_isTheSameManifest() throws IOException {
    ShiftTrafficInput first = released.shift("1", 25, 0);
    Deployment made = call().shiftTraffic(first);
    stage.replaceWorker();

    Deployment again = call().shiftTraffic(first);

    assertEquals(made.state(), again.state());
    assertEquals(made.evidence().statement(), again.evidence().statement());
    assertEquals(List.of("-/1 100"), released.manifests());
  }

  @Test
  void shiftOfACallerThatMissedAManifest_isRefused() throws IOException {
    released.serveOneAndTryTwo(call());
    call().restoreStable(restore(3, "1", "2"));

    ApplicationFailure refused = failure(released.shift("2", 50, 3), false);

    assertEquals("ENDPOINT_CHANGED", refused.getType());
    assertTrue(refused.isNonRetryable());
    assertEquals(
        "endpoint 'tips' has changed since manifest 3, which the canary saw: manifest 4 is in force"
            + " (harm [request-1]); tips@2 gets no traffic by this",
        refused.getOriginalMessage());
    assertEquals(List.of("-/1 100", "1", "1/2 25", "1"), released.manifests());
  }

  @Test
  void promotionOfWhatIsNotTheCandidate_isRefused() throws IOException {
    released.serveOneAndTryTwo(call());
    call().restoreStable(restore(3, "1", "2"));

    assertEquals("ENDPOINT_CHANGED", failure(released.shift("2", 100, 3), true).getType());
    assertEquals("ENDPOINT_CHANGED", failure(released.shift("2", 100, 4), true).getType());
    assertEquals(List.of("-/1 100", "1", "1/2 25", "1"), released.manifests());
  }

  @Test
  void promotionThatStoodStillDuringARollback_changesNothing() throws Exception {
    released.serveOneAndTryTwo(call());
    ShiftTrafficInput promotion = released.judged(call(), "2", 100, 3);
    assertLate(frozen -> frozen.promoteModel(promotion), 3, List.of("-/1 100", "1", "1/2 25", "1"));
  }

  @Test
  void shiftThatStoodStillDuringARollback_changesNothing() throws Exception {
    released.serveOne(call());
    ShiftTrafficInput shift = released.shift("2", 25, 2);
    assertLate(frozen -> frozen.shiftTraffic(shift), 2, List.of("-/1 100", "1", "1"));
  }

  private void assertLate(Consumer<DeploymentActivities> change, long seen, List<String> after)
      throws Exception {
    HeldStore[] held = new HeldStore[1];
    try (StageUnderTest frozen =
        stage(
            context -> {
              held[0] = new HeldStore(context.store());
              return new StageContext(
                  context.role(), held[0], context.signer(), context.verifier());
            })) {
      CompletableFuture<ApplicationFailure> late =
          CompletableFuture.supplyAsync(
              () -> frozen.failure(() -> change.accept(frozen.call(DeploymentActivities.class))));
      held[0].arrived().await();
      call().restoreStable(restore(seen, "1", "2"));
      List<String> restored = released.manifests();
      held[0].goOn().countDown();

      assertEquals("ENDPOINT_CHANGED", late.get().getType());
      assertEquals(restored, released.manifests());
      assertEquals(after, restored);
    }
  }

  @Test
  void shiftOfAnAttemptThatTheServerGaveUp_isNotWritten() throws IOException {
    stage.temporal().requestCancelActivity();
    ShiftTrafficInput first = released.shift("1", 25, 0);

    assertThrows(RuntimeException.class, () -> call().shiftTraffic(first));

    assertEquals(List.of(), released.manifests());
  }

  @Test
  void shift_hasTheLeaseOfItsCanaryAndTheNextRunEndsIt() throws IOException {
    released.serveOne(call());
    Instant end = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
    call().shiftTraffic(leased("2", 2, end));
    assertEquals(end, released.newest().leaseUntil());

    call().shiftTraffic(leased("3", 3, end.plusSeconds(60)));

    assertEquals(List.of("-/1 100", "1", "1/2 25", "1/3 25"), released.manifests());
    assertEquals(end.plusSeconds(60), released.newest().leaseUntil());
  }

  @Test
  void changeAfterItsLease_isRefused() throws IOException {
    released.serveOne(call());
    ApplicationFailure refused = failure(leased("2", 2, Instant.now().minusSeconds(1)), false);

    assertEquals("ENDPOINT_CHANGED", refused.getType());
    assertTrue(
        refused.getOriginalMessage().startsWith("the time of tips@2 on endpoint 'tips' ended at "),
        refused.getOriginalMessage());
    assertEquals(List.of("-/1 100", "1"), released.manifests());
  }

  private ShiftTrafficInput leased(String version, long seen, Instant end) throws IOException {
    ShiftTrafficInput shift = released.shift(version, 25, seen);
    return new ShiftTrafficInput(
        shift.run(),
        shift.endpoint(),
        shift.candidate(),
        shift.approval(),
        shift.percent(),
        shift.seen(),
        end,
        null,
        null);
  }

  @Test
  void restoreBeforeTheShiftIsWritten_takesItsPlace() throws IOException {
    released.serveOne(call());

    Deployment fence = call().restoreStable(restore(2, "1", "2"));

    assertEquals(3, fence.state().sequence());
    assertEquals("ENDPOINT_CHANGED", failure(released.shift("2", 25, 2), false).getType());
    assertEquals(List.of("-/1 100", "1", "1"), released.manifests());
  }

  @Test
  void restoreBeforeAnythingWasServed_leavesAManifestWithoutArms() throws IOException {
    call().restoreStable(restore(0, null, "1"));

    assertEquals("ENDPOINT_CHANGED", failure(released.shift("1", 25, 0), false).getType());
    assertEquals(List.of("-"), released.manifests());
  }

  @Test
  void repeatedRestore_changesNothingThatCameAfterIt() throws IOException {
    released.serveOneAndTryTwo(call());
    RestoreInput back = restore(3, "1", "2");
    call().restoreStable(back);
    call().shiftTraffic(released.shift("3", 25, 4));

    Deployment late = call().restoreStable(back);

    assertEquals(5, late.state().sequence());
    assertEquals(List.of("-/1 100", "1", "1/2 25", "1", "1/3 25"), released.manifests());
  }

  @Test
  void restoreOfWhatSomebodyElseTookBack_changesNothing() throws IOException {
    released.serveOneAndTryTwo(call());
    call().restoreStable(restore(3, "1", "2"));
    call().shiftTraffic(released.shift("3", 25, 4));

    call()
        .restoreStable(
            new RestoreInput("tips", "1", "late", "request-2", 3, List.of(root("2")), false));

    assertEquals(List.of("-/1 100", "1", "1/2 25", "1", "1/3 25"), released.manifests());
  }

  @Test
  void restoreOfAnyCandidate_takesBackWhatWasShiftedAfterItWasSeen() throws IOException {
    released.serveOneAndTryTwo(call());

    call().restoreStable(new RestoreInput("tips", "1", "harm", "request-1", 2, List.of(), true));

    assertEquals(List.of("-/1 100", "1", "1/2 25", "1"), released.manifests());
  }

  /** A rollback saw version 2 just promoted, and before it wrote the canary took it back. */
  @Test
  void restoreOfAnyCandidate_leavesWhatTheCanaryRestoredMeanwhile() throws IOException {
    released.serveOneAndTryTwo(call());
    call().promoteModel(released.judged(call(), "2", 100, 3));
    call().restoreStable(restore(4, "1", "2"));

    call().restoreStable(new RestoreInput("tips", "2", "late", "request-2", 4, List.of(), true));

    assertEquals(List.of("-/1 100", "1", "1/2 25", "2", "1"), released.manifests());
  }

  private RestoreInput restore(long seen, @Nullable String version, String takesBack)
      throws IOException {
    return new RestoreInput(
        "tips", version, "harm", "request-1", seen, List.of(root(takesBack)), false);
  }

  private String root(String version) throws IOException {
    return released.shift(version, 1, 0).candidate().rootDigest();
  }

  private ApplicationFailure failure(ShiftTrafficInput input, boolean promotion) {
    return stage.failure(
        () -> {
          if (promotion) {
            call().promoteModel(input);
          } else {
            call().shiftTraffic(input);
          }
        });
  }

  private DeploymentActivities call() {
    return stage.call(DeploymentActivities.class);
  }

  private StageUnderTest stage(UnaryOperator<StageContext> context) throws IOException {
    return new StageUnderTest(
        released.signed(),
        new DeploymentDefinition(),
        opened ->
            new ManifestDeployment(
                context.apply(opened), new Gateways(Map.of("ready", new ObedientTarget()))));
  }
}
