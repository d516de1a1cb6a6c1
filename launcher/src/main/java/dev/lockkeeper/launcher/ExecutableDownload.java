package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.TemporalExecutable;
import dev.lockkeeper.store.FileDigest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets the {@code temporal} executable from its makers once, briefly; a failure is remembered for a
 * day.
 *
 * @param cache the folder it goes to
 * @param address where it comes from
 * @param sha256 the digest of the archive that the makers published
 * @param longest how long it may take in all
 * @param clock tells how long ago a failure was
 */
record ExecutableDownload(Path cache, URI address, String sha256, Duration longest, Clock clock) {

  /** The archives of {@link TemporalExecutable#VERSION}, from the checksums of its release. */
  private static final Map<String, String> ARCHIVES =
      Map.of(
          "linux-amd64", "ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d",
          "linux-arm64", "bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5",
          "darwin-amd64", "bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9",
          "darwin-arm64", "cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415");

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
        Objects.requireNonNull(ARCHIVES.get(platform + "-" + machine)),
        WHOLE,
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
   * @throws IOException if the network does not allow it, or gives something else; remembered
   */
  Path get() throws IOException, InterruptedException {
    Files.createDirectories(cache);
    Path archive = Files.createTempFile(cache, "download", ".tar.gz");
    Path unpacked = Files.createTempDirectory(cache, "unpacked");
    try {
      fetch(archive);
      requireDigest(archive);
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
    CompletableFuture<HttpResponse<Path>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(address).build(),
            HttpResponse.BodyHandlers.ofFile(archive, StandardOpenOption.WRITE));
    try {
      HttpResponse<Path> response = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException(address + " answered " + response.statusCode());
      }
    } catch (TimeoutException e) {
      throw new IOException(address + " was not through after " + longest.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(address + " does not answer: " + e.getCause(), e);
    } finally {
      answer.cancel(true);
    }
  }

  private void requireDigest(Path archive) throws IOException {
    String actual = FileDigest.sha256(archive);
    if (!actual.equals(sha256)) {
      throw new IOException(
          address + " gave an archive with SHA-256 " + actual + ", expected " + sha256);
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
