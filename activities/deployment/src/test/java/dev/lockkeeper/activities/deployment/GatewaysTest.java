package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import dev.lockkeeper.testing.StageUnderTest;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of what several gateways serve, of which not all answer. */
class GatewaysTest {

  @TempDir Path folder;
  private ReleasedVersions released;
  private Gateway living;
  private URI dead;

  @BeforeEach
  void start() throws IOException {
    released = new ReleasedVersions(folder);
    living = gateway(0);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = address(free.getLocalPort());
    }
  }

  @AfterEach
  void stop() {
    living.close();
  }

  @Test
  void shift_isConfirmedByEachGateway() throws IOException {
    ShiftTrafficInput shift = released.shift("1", 25, 0);
    try (StageUnderTest stage = stage(living(), dead)) {
      ApplicationFailure failure =
          stage.failure(() -> stage.call(DeploymentActivities.class).shiftTraffic(shift));

      assertEquals("GATEWAY_UNAVAILABLE", failure.getType());
      assertFalse(failure.isNonRetryable());
      assertTrue(
          failure.getOriginalMessage().startsWith("the gateway at " + dead + " does not answer"),
          failure.getOriginalMessage());

      try (Gateway returned = gateway(dead.getPort())) {
        Confirmation confirmation =
            confirmation(stage.call(DeploymentActivities.class).shiftTraffic(shift));
        assertEquals(dead.getPort(), returned.port());
        assertEquals(2, confirmation.confirmed());
        assertEquals(List.of(), confirmation.missing());
      }
    }
    assertEquals(List.of("-/1 100"), released.manifests());
  }

  @Test
  void restore_goesOnWithoutTheGatewaysThatDoNotAnswer() throws IOException {
    try (StageUnderTest stage = stage(living())) {
      DeploymentActivities call = stage.call(DeploymentActivities.class);
      released.serveOneAndTryTwo(call);
    }
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StageUnderTest stage = stage(dead, living(), address(silent.getLocalPort()))) {
      Confirmation confirmation = confirmation(restored(stage));

      assertEquals(3, confirmation.gateways());
      assertEquals(1, confirmation.confirmed());
      assertTrue(confirmation.seconds() < 10, confirmation.text());
      assertEquals(
          List.of(dead.toString(), address(silent.getLocalPort()).toString()),
          confirmation.missing().stream().map(Confirmation.Missing::gateway).toList());
    }
    assertEquals(List.of("-/1 100", "1", "1/2 25", "1"), released.manifests());
  }

  @Test
  void restoreThatNoGatewayConfirms_isWrittenAndTriedAgain() throws IOException {
    try (StageUnderTest stage = stage(living())) {
      stage.call(DeploymentActivities.class).shiftTraffic(released.shift("1", 25, 0));
    }
    try (StageUnderTest stage = stage(dead)) {
      ApplicationFailure failure = stage.failure(() -> restored(stage));

      assertEquals("GATEWAY_UNAVAILABLE", failure.getType());
      assertFalse(failure.isNonRetryable());
    }
    assertEquals(List.of("-/1 100", "-"), released.manifests());
  }

  private static Deployment restored(StageUnderTest stage) {
    return stage
        .call(DeploymentActivities.class)
        .restoreStable(new RestoreInput("tips", null, "harm", "request-1", 0, List.of(), false));
  }

  private static Confirmation confirmation(Deployment made) {
    Confirmation confirmation = made.confirmation();
    assertNotNull(confirmation);
    return confirmation;
  }

  private StageUnderTest stage(URI... gateways) throws IOException {
    return new StageUnderTest(
        released.signed(),
        new DeploymentDefinition(),
        opened -> new ManifestDeployment(opened, Gateways.open(List.of(gateways))));
  }

  private Gateway gateway(int port) throws IOException {
    return Gateway.start(
        GatewayConfiguration.standard("127.0.0.1", port, released.signed().state())
            .following(Duration.ofHours(1)));
  }

  private URI living() {
    return address(living.port());
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
