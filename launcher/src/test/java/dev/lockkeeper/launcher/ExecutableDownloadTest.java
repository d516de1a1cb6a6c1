package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.formats.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableDownloadTest {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private Path cache;
  private byte[] archive;
  private String digest;

  @BeforeEach
  void start() throws Exception {
    cache = folder.resolve("cache");
    Files.writeString(folder.resolve("temporal"), "#!/bin/sh\necho 1.5.1\n");
    Path file = folder.resolve("archive.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "-czf", file.toString(), "-C", folder.toString(), "temporal")
            .start();
    assertEquals(0, tar.waitFor());
    archive = Files.readAllBytes(file);
    digest = Digests.sha256(archive);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/good", exchange -> answer(exchange, 200));
    server.createContext("/moved", this::redirect);
    server.createContext("/missing", exchange -> answer(exchange, 404));
    server.createContext("/stalled", this::stall);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void archiveOfThatDigest_isUnpackedAlone() throws Exception {
    Path executable = download("/moved", digest, LONGEST).get();

    assertEquals(cache.resolve("temporal"), executable);
    assertEquals(Files.readString(folder.resolve("temporal")), Files.readString(executable));
    assertEquals(List.of("temporal"), cached());
  }

  @Test
  void anotherDigest_isRefusedAndRemembered() throws Exception {
    ExecutableDownload download = download("/good", "0".repeat(64), LONGEST);

    assertRefused(download, "gave an archive with SHA-256 " + digest + ", expected 000");
  }

  @Test
  void answerThatIsNone_isRemembered() throws Exception {
    assertRefused(download("/missing", digest, LONGEST), "answered 404");
  }

  @Test
  void bodyThatStalls_endsInTime() throws Exception {
    long began = System.nanoTime();

    assertRefused(download("/stalled", digest, Duration.ofSeconds(1)), "was not through after 1 s");
    assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(LONGEST) < 0);
  }

  @Test
  void nobodyWhoListens_isRemembered() throws Exception {
    ExecutableDownload download = download("/good", digest, LONGEST);
    server.stop(0);

    assertRefused(download, "does not answer");
  }

  @Test
  void refusal_isForgottenAfterADay_andBySuccess() throws Exception {
    assertRefused(download("/missing", digest, LONGEST), "answered 404");
    ExecutableDownload nextDay =
        new ExecutableDownload(
            cache,
            address("/good"),
            digest,
            LONGEST,
            Clock.offset(Clock.systemUTC(), Duration.ofHours(25)));
    assertFalse(nextDay.failedRecently());

    nextDay.get();
    assertFalse(download("/good", digest, LONGEST).failedRecently());
  }

  @Test
  void thisMachine_hasADigest() {
    assertTrue(ExecutableDownload.ofThisMachine().sha256().matches("[0-9a-f]{64}"));
  }

  private void assertRefused(ExecutableDownload download, String message) throws IOException {
    assertFalse(download.failedRecently());
    IOException refused = assertThrows(IOException.class, download::get);
    assertTrue(
        refused.getMessage().startsWith(download.address() + " " + message), refused.getMessage());
    assertTrue(download.failedRecently());
    assertEquals(List.of("download-failed"), cached());
    assertTrue(Files.readString(cache.resolve("download-failed")).contains(message));
  }

  private List<String> cached() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private ExecutableDownload download(String path, String sha256, Duration longest) {
    return new ExecutableDownload(cache, address(path), sha256, longest, Clock.systemUTC());
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, archive.length);
      exchange.getResponseBody().write(archive);
    }
  }

  private void redirect(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Location", "/good");
      exchange.sendResponseHeaders(302, -1);
    }
  }

  /** Promises the whole archive and gives a byte of it. */
  private void stall(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, archive.length);
      exchange.getResponseBody().write(archive, 0, 1);
      exchange.getResponseBody().flush();
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
