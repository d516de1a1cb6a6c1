package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.testing.StageUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback by hand, with the deployment role's key and without a server. */
class DirectRollbackTest {

  @TempDir Path folder;
  private ReleasedVersions released;
  private Gateway gateway;
  private StageUnderTest stage;

  @BeforeEach
  void serveTwoVersions() throws IOException {
    released = new ReleasedVersions(folder);
    gateway =
        Gateway.start(GatewayConfiguration.standard("127.0.0.1", 0, released.signed().state()));
    stage =
        new StageUnderTest(
            released.signed(),
            new DeploymentDefinition(),
            opened -> new ManifestDeployment(opened, Gateways.open(List.of(address()))));
    released.serveOneAndTryTwo(call());
    call().promoteModel(released.judged(call(), "2", 100, 3));
  }

  @AfterEach
  void stop() {
    stage.close();
    gateway.close();
  }

  @Test
  void versionBefore_isRestoredAndConfirmed() throws IOException {
    RollbackResult result = rollBack(null, address());

    assertEquals(List.of("-/1 100", "1", "1/2 25", "2", "1"), released.manifests());
    assertEquals(
        "tips went from version 2 to version 1 by manifest 5: prices (asked by ada)",
        result.message());
    assertEquals(1, confirmation(result).confirmed());
  }

  @Test
  void namedVersion_isRestored() throws IOException {
    rollBack(null, address());
    rollBack("2", address());

    assertEquals(List.of("-/1 100", "1", "1/2 25", "2", "1", "2"), released.manifests());
  }

  @Test
  void candidate_isTakenBackAndItsCanaryChangesNothingLater() throws IOException {
    call().shiftTraffic(released.shift("3", 25, 4));
    ShiftTrafficInput next = released.shift("3", 50, 5);

    rollBack(null, address());

    assertEquals("ENDPOINT_CHANGED", stage.failure(() -> call().shiftTraffic(next)).getType());
    assertEquals("ENDPOINT_CHANGED", stage.failure(() -> call().promoteModel(next)).getType());
    assertEquals(List.of("-/1 100", "1", "1/2 25", "2", "2/3 25", "2"), released.manifests());
  }

  @Test
  void gatewayThatIsAway_isNamedAndTheManifestIsWritten() throws IOException {
    URI dead;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }

    Confirmation confirmation = confirmation(rollBack(null, dead));

    assertEquals(0, confirmation.confirmed());
    assertTrue(
        confirmation.text().startsWith("confirmed by none of 1 gateway; not by " + dead),
        confirmation.text());
    assertEquals(List.of("-/1 100", "1", "1/2 25", "2", "1"), released.manifests());
  }

  @Test
  void endpointThatNeverServed_hasNothingToRestore() throws IOException {
    DirectRollback rollback = new DirectRollback(context(), List.of(address()));
    RollbackInput input = new RollbackInput("rides", null, "prices", "ada");

    StageException refused = assertThrows(StageException.class, () -> rollback.rollBack(input));

    assertEquals(FailureType.SPECIFICATION_INVALID, refused.type());
  }

  @Test
  void zoneThatIsGone_isSaid() throws IOException {
    DirectRollback rollback = new DirectRollback(context(), List.of(address()));
    Path zone = released.signed().state().store().resolve("deployments");
    Files.move(zone, zone.resolveSibling("aside"));
    RollbackInput input = new RollbackInput("tips", null, "prices", "ada");

    StageException away = assertThrows(StageException.class, () -> rollback.rollBack(input));

    assertEquals(FailureType.STORE_UNAVAILABLE, away.type());
    assertFalse(Files.exists(zone));
  }

  private RollbackResult rollBack(@Nullable String version, URI target) throws IOException {
    return new DirectRollback(context(), List.of(target))
        .rollBack(new RollbackInput("tips", version, "prices", "ada"));
  }

  private static Confirmation confirmation(RollbackResult result) {
    Deployment made = result.deployment();
    assertNotNull(made);
    Confirmation confirmation = made.confirmation();
    assertNotNull(confirmation);
    return confirmation;
  }

  private StageContext context() throws IOException {
    return released.signed().delivering(Role.DEPLOYMENT);
  }

  private DeploymentActivities call() {
    return stage.call(DeploymentActivities.class);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + gateway.port());
  }
}
