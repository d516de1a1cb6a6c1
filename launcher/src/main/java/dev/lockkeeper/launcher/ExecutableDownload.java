package dev.lockkeeper.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Gets the {@code temporal} executable from its makers once, briefly; a failure is remembered for a
 * day.
 *
 * @param cache the folder it goes to
 * @param address where it comes from
 * @param clock tells how long ago a failure was
 */
record ExecutableDownload(Path cache, URI address, Clock clock) {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration WHOLE = Duration.ofSeconds(60);
  private static final Duration REMEMBERED = Duration.ofDays(1);

  static ExecutableDownload ofThisMachine() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String platform = system.contains("mac") ? "darwin" : "linux";
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    return new ExecutableDownload(
        TemporalExecutable.cacheFolder(),
        URI.create(
            "https://temporal.download/cli/archive/v"
                + TemporalExecutable.VERSION
                + "?platform="
                + platform
                + "&arch="
                + machine),
        Clock.systemUTC());
  }

  /** Whether it was tried without success in the last day. */
  boolean failedRecently() throws IOException {
    Path memory = memory();
    return Files.exists(memory)
        && Files.getLastModifiedTime(memory).toInstant().isAfter(clock.instant().minus(REMEMBERED));
  }

  /**
   * Downloads and unpacks.
   *
   * @throws IOException if the network does not allow it; remembered
   */
  Path get() throws IOException, InterruptedException {
    Files.createDirectories(cache);
    Path archive = Files.createTempFile(cache, "download", ".tar.gz");
    Path unpacked = Files.createTempDirectory(cache, "unpacked");
    try {
      fetch(archive);
      unpack(archive, unpacked);
      Path executable = cache.resolve("temporal");
      Files.move(unpacked.resolve("temporal"), executable, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(memory());
      return executable;
    } catch (IOException e) {
      Instant now = clock.instant();
      Files.writeString(memory(), now + " " + address + ": " + e + "\n");
      throw e;
    } finally {
      Files.deleteIfExists(archive);
      deleteAll(unpacked);
    }
  }

  private void fetch(Path archive) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(WHOLE).build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("answered " + response.statusCode());
      }
      Files.copy(body, archive, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void unpack(Path archive, Path folder) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString(), "temporal")
            .redirectErrorStream(true)
            .start();
    if (!tar.waitFor(60, TimeUnit.SECONDS) || tar.exitValue() != 0) {
      tar.destroyForcibly();
      throw new IOException("the archive cannot be unpacked");
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve("temporal"));
    Files.deleteIfExists(folder);
  }

  private Path memory() {
    return cache.resolve("download-failed");
  }
}
