package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.TemporalExecutable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server {@code dev} takes where nothing forces one. */
class ServerChoiceIT {

  @TempDir Path folder;

  @Test
  void configuredServer_comesBeforeAnExecutable() throws Exception {
    int nobody = Ports.require(0, "", "nobody");
    Path executable = Files.writeString(folder.resolve("temporal"), "#!/bin/sh\nexit 3\n");
    Map<String, String> configured = Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + nobody);
    try (Program dev = dev(configured, "--temporal", executable.toString())) {
      OneError.of(dev, 5, "127.0.0.1:" + nobody, "TEMPORAL_ADDRESS", "does not answer within");
    }
  }

  @Test
  void executableGiven_comesBeforeADownload() throws Exception {
    Path none = folder.resolve("none");
    try (Program dev = dev(Map.of(), "--temporal", none.toString())) {
      OneError.of(dev, 2, none + " is not an executable; --temporal names the 'temporal' CLI");
    }
  }

  /** A machine without the executable on which a download failed before. */
  @Test
  void withoutAny_theOneInMemorySaysWhatIsMissingAndHowToGetIt() throws Exception {
    Path cache =
        Files.createDirectories(
            folder.resolve("cache/lockkeeper/temporal-" + TemporalExecutable.VERSION));
    Files.createFile(cache.resolve("download-failed"));
    Map<String, String> bare =
        Map.of("PATH", folder.toString(), "XDG_CACHE_HOME", folder.resolve("cache").toString());
    try (Program dev = dev(bare)) {
      dev.await(
          "using the in-memory Temporal server on 127.0.0.1:\\d+, without Web UI, 'list' and"
              + " durability: no 'temporal' executable is here; get it with: GOBIN=\\Q"
              + cache
              + "\\E go install github.com/temporalio/cli/cmd/temporal@v"
              + TemporalExecutable.VERSION);
      dev.await("Ctrl-C stops");
    }
  }

  private Program dev(Map<String, String> environment, String... more) throws Exception {
    String[] fixed = {
      "dev", "--state", folder.resolve("state").toString(), "--port", "0", "--gateway-port", "0"
    };
    String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return Program.start(folder, environment, all);
  }
}
