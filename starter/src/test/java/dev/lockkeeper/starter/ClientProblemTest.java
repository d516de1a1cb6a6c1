package dev.lockkeeper.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.run.RunId;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ClientProblemTest {

  private static final RunId RUN = new RunId("tips", "1");

  @Test
  void serverThatIsAway_saysWhatToStart() throws IOException {
    ServerAddress nobody = server(freePort());

    CommandException failure =
        assertThrows(CommandException.class, () -> Connection.open(nobody).close());

    assertEquals(ExitCode.UNREACHABLE, failure.exitCode());
    assertEquals(
        "a test does not answer within 5 s: start it, or stop and start './lockkeeper dev', which"
            + " goes on where it was",
        failure.getMessage());
  }

  @Test
  void addressThatIsNone_saysWhatIsExpected() {
    ServerAddress odd = ServerAddress.at("h:p:q", "default", true, "", "a test");

    CommandException failure =
        assertThrows(CommandException.class, () -> Connection.open(odd).close());

    assertEquals(ExitCode.USAGE, failure.exitCode());
    assertTrue(
        failure.getMessage().startsWith("a test: expected HOST:PORT: "), failure::getMessage);
  }

  @Test
  void runThatNobodyKnows_isNotFound() throws IOException {
    int port = freePort();
    try (TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port);
        Connection connection = Connection.open(server(port))) {
      CommandException failure =
          assertThrows(CommandException.class, () -> connection.run(RUN).status());

      assertEquals(ExitCode.NOT_FOUND, failure.exitCode());
      assertEquals(
          "run tips@1 is not known on 127.0.0.1:" + port + "; 'list' shows what is",
          failure.getMessage());
    }
  }

  private static ServerAddress server(int port) {
    return ServerAddress.at("127.0.0.1:" + port, "default", true, "", "a test");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
