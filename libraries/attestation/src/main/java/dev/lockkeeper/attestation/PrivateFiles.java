package dev.lockkeeper.attestation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that their owner alone may read: keys, histories, logs and traces. */
public final class PrivateFiles {

  private static final FileAttribute<Set<PosixFilePermission>> FILE = owner("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = owner("rwx------");

  private PrivateFiles() {}

  /** Makes a folder if there is none. One that is there keeps what its owner gave it. */
  public static Path folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, FOLDER);
    }
    return folder;
  }

  /**
   * Makes an empty file in a folder of the same kind, and the folders above it, if there is none.
   * Others that append to it leave its permissions as they are.
   */
  public static Path file(Path file) throws IOException {
    if (!Files.exists(file)) {
      Path parent = file.toAbsolutePath().resolve("..").normalize();
      Files.createDirectories(parent.resolve("..").normalize());
      folder(parent);
      Files.createFile(file, FILE);
    }
    return file;
  }

  /** Takes the files of a folder whose names begin so away from everybody but their owner. */
  public static void restrict(Path folder, String prefix) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
      for (Path file : files) {
        Files.setPosixFilePermissions(file, FILE.value());
      }
    }
  }

  /** What {@link Files#createFile} takes to make a file that its owner alone may read. */
  static FileAttribute<Set<PosixFilePermission>> ownerOnly() {
    return FILE;
  }

  private static FileAttribute<Set<PosixFilePermission>> owner(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
