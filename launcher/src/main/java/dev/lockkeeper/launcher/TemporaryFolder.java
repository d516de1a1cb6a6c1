package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder for temporary files of a process that runs for long: working folders of stages, and
 * the libraries of DuckDB, XGBoost and ONNX Runtime, which are unpacked to it and mapped from
 * there. It ends with the process; what a killed process left is deleted by the next one.
 */
final class TemporaryFolder {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);
  private static final String PREFIX = "lockkeeper-process-";
  private static final String LOCK = "lock";

  /** Its lock is the process's sign of life. */
  private static @Nullable FileChannel held;

  private static @Nullable Path own;

  private TemporaryFolder() {}

  /**
   * Makes this process's folder, once, in the one that {@code java.io.tmpdir} names, and has {@code
   * java.io.tmpdir} name it from here on.
   *
   * @throws CommandException if the folder cannot be written or is on a file system that is mounted
   *     {@code noexec}; it says how to name another one
   */
  static synchronized void open() {
    if (held != null) {
      return;
    }
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      removeAbandoned(parent);
      held = make(parent);
    } catch (FileSystemException e) {
      throw refused(parent, e.getReason() == null ? "no permission" : e.getReason(), e);
    } catch (IOException e) {
      throw refused(parent, String.valueOf(e.getMessage()), e);
    }
    StopSignal.listen();
    requireExecutable(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Deletes this process's folder; nothing may use it any more. */
  static synchronized void close() {
    if (own != null) {
      remove(own);
    }
  }

  /** It has its final name once it is locked: one without a lock was abandoned. */
  private static FileChannel make(Path parent) throws IOException {
    String name = PREFIX + UUID.randomUUID();
    Path begun =
        Files.createDirectory(
            parent.resolve("." + name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FileChannel lock =
        FileChannel.open(
            begun.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    Path folder = Files.move(begun, parent.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    System.setProperty("java.io.tmpdir", folder.toString());
    own = folder;
    return lock;
  }

  /** Those of other users stay: this process may not open their locks. */
  private static void removeAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder)) {
          remove(folder);
        }
      }
    }
  }

  private static boolean isAbandoned(Path folder) {
    try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
      return lock.tryLock() != null;
    } catch (IOException e) {
      LOG.debug("{} is not looked after: {}", folder, e.toString());
      return false;
    }
  }

  /** Deletes a folder and what is in it; what cannot be deleted is told in the log. */
  static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("temporary files stay in {}: {}", folder, e.toString());
    }
  }

  private static void requireExecutable(Path folder) {
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
