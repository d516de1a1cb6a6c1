package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void require_ofUsedPort_namesPortAndFlag() throws IOException {
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandException refusal =
          Assertions.assertThrows(
              CommandException.class,
              () -> Ports.require(used.getLocalPort(), "--port", "the Temporal server"));

      Assertions.assertEquals(ExitCode.CONFLICT, refusal.exitCode());
      assertTrue(
          String.valueOf(refusal.getMessage())
              .startsWith("port " + used.getLocalPort() + " for the Temporal server is in use"));
      assertTrue(String.valueOf(refusal.getMessage()).contains("--port"));
    }
  }

  @Test
  void require_ofNoPort_isAUsageError() {
    for (int port : new int[] {-1, 65_536}) {
      CommandException refusal =
          Assertions.assertThrows(
              CommandException.class, () -> Ports.require(port, "--port", "the Temporal server"));

      Assertions.assertEquals(ExitCode.USAGE, refusal.exitCode());
      Assertions.assertEquals(
          "--port " + port + ": the port of the Temporal server is 1 to 65535, 0 for any free one",
          refusal.getMessage());
    }
  }
}
