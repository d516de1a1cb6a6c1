package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a gateway under load ends: every request that was taken is answered and logged. */
class GatewayEndTest {

  private static final int CONNECTIONS = 8;
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void endUnderLoad_losesNoRequest() throws Exception {
    Releases releases = new Releases(folder);
    releases.file(releases.release("1", OnnxFile.logistic(0.5f, 0.1f)), null, 0);
    Gateway gateway =
        Gateway.start(
            new GatewayConfiguration(
                "127.0.0.1",
                0,
                releases.state(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)));
    int port = gateway.port();
    Client client = Client.of(gateway);
    LoadClient load = new LoadClient(port, "/v2/models/tips/infer", Client.request("k", 2, 10));
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Future<long[]> answered = threads.submit(() -> load.run(CONNECTIONS, LONG));
    assertEquals(200, client.infer("first", 2, 10).status());
    assertEquals(200, client.get("/v2/health/ready").status());

    CompletableFuture<Void> end = CompletableFuture.runAsync(gateway::close);
    while (client.get("/v2/health/ready").status() == 200) {
      Thread.onSpinWait();
    }
    end.get();

    long requests = answered.get().length + 1L;
    threads.shutdown();
    assertTrue(requests > CONNECTIONS, requests + " requests");
    assertEquals(requests, releases.logged().size());
    assertThrows(
        ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
  }
}
