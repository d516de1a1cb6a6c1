package dev.lockkeeper.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * Starts a program in a session of its own. A terminal sends Ctrl-C to every process of its
 * foreground group, and a server that ends before its clients leaves each of them with errors.
 */
final class OwnSession {

  private OwnSession() {}

  /**
   * A script that becomes the program, under the same process id; the program itself where the
   * system has no {@code setsid}.
   */
  static Path of(Path executable) throws IOException {
    boolean possible =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));
    if (!possible) {
      return executable;
    }
    Path script =
        Files.createTempFile(
            Path.of(System.getProperty("java.io.tmpdir")),
            "server",
            ".sh",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    String quoted = executable.toAbsolutePath().toString().replace("'", "'\\''");
    return Files.writeString(script, "#!/bin/sh\nexec setsid '" + quoted + "' \"$@\"\n");
  }
}
