package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.ExitCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Where libraries of DuckDB, XGBoost and ONNX Runtime are unpacked to and mapped from. */
final class TemporaryFolder {

  private TemporaryFolder() {}

  /**
   * Refuses a folder that cannot be written, or on a file system that is mounted {@code noexec}.
   *
   * @throws CommandException that says how to name another one
   */
  static void require() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Path probe =
          Files.createTempFile(
              folder,
              "lockkeeper",
              ".probe",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      boolean executable = Files.isExecutable(probe);
      Files.delete(probe);
      if (!executable) {
        throw refused(folder, "it is mounted noexec", null);
      }
    } catch (FileSystemException e) {
      throw refused(folder, e.getReason() == null ? "no permission" : e.getReason(), e);
    } catch (IOException e) {
      throw refused(folder, String.valueOf(e.getMessage()), e);
    }
  }

  private static CommandException refused(Path folder, String why, @Nullable IOException cause) {
    return new CommandException(
        ExitCode.USAGE,
        "the folder for temporary files, "
            + folder
            + ", cannot be used ("
            + why
            + "): native libraries are unpacked to it and mapped from there; name another one with"
            + " LOCKKEEPER_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER",
        cause);
  }
}
