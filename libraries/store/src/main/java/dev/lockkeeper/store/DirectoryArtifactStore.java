package dev.lockkeeper.store;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Zones as directories: {@code ROOT/ZONE/sha256/HEX} and {@code ROOT/ZONE/named/NAME}.
 *
 * <p>An object is written to a temporary name, forced to disk and published by a hard link, which
 * never replaces an existing name. The zones that a role may use are given; beyond them the
 * operating system's owners and modes decide.
 *
 * <p>The file {@code ROOT/ZONE/zone} marks a folder as a zone. A mount point on which nothing is
 * mounted has none. What is written is reported, and what is missing is called missing, only if the
 * mark is there afterwards.
 */
public final class DirectoryArtifactStore implements ArtifactStore {

  /** A file that is being written changes all the time. */
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  private final Path root;
  private final ZoneAccess access;

  public DirectoryArtifactStore(Path root, Set<Zone> readable, Set<Zone> writable) {
    this.root = root;
    this.access = new ZoneAccess(readable, writable);
  }

  @Override
  public void createZone(Zone zone) {
    Path mark = mark(zone);
    try {
      Files.createDirectories(mark.getParent());
      if (!Files.exists(mark)) {
        Files.writeString(mark, zone.label() + "\n");
      }
    } catch (IOException e) {
      throw unavailable("make", zone, e);
    }
  }

  @Override
  public DirectoryArtifactStore requireAccess() {
    for (Zone zone : access.all()) {
      requireMark(zone);
    }
    for (Zone zone : access.writable()) {
      try {
        removeAbandoned(zone);
        Files.delete(temporary(zone));
      } catch (IOException e) {
        throw unavailable("write to", zone, e);
      }
    }
    for (Zone zone : access.readable()) {
      try (DirectoryStream<Path> opened = Files.newDirectoryStream(root.resolve(zone.label()))) {
        // Opening it is what needs the permission.
      } catch (IOException e) {
        throw unavailable("read from", zone, e);
      }
    }
    return this;
  }

  @Override
  public ArtifactRef put(Zone zone, Path file, String mediaType) {
    access.requireWritable(zone);
    requirePresent(zone);
    try {
      Path temporary = temporary(zone);
      try {
        // Not with the file's mode: what may only be read could not be forced to disk.
        try (OutputStream out = Files.newOutputStream(temporary)) {
          Files.copy(file, out);
        }
        String sha256 = FileDigest.sha256(temporary);
        long bytes = Files.size(temporary);
        publish(temporary, object(zone, sha256));
        requirePresent(zone);
        return new ArtifactRef(zone, sha256, bytes, mediaType);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw unavailable("write to", zone, e);
    }
  }

  @Override
  public ArtifactRef put(Zone zone, byte[] content, String mediaType) {
    access.requireWritable(zone);
    String sha256 = Digests.sha256(content);
    try {
      write(zone, object(zone, sha256), content);
      return new ArtifactRef(zone, sha256, content.length, mediaType);
    } catch (IOException e) {
      throw unavailable("write to", zone, e);
    }
  }

  @Override
  public InputStream open(ArtifactRef ref) {
    access.requireReadable(ref.zone());
    try {
      return new VerifiedStream(Files.newInputStream(ownFile(ref)), ref);
    } catch (NoSuchFileException e) {
      requirePresent(ref.zone());
      throw missing(ref, e);
    } catch (IOException e) {
      throw unavailable("read from", ref.zone(), e);
    }
  }

  @Override
  public boolean contains(ArtifactRef ref) {
    if (!access.all().contains(ref.zone())) {
      return false;
    }
    boolean found = Files.isRegularFile(object(ref.zone(), ref.sha256()));
    if (!found) {
      requirePresent(ref.zone());
    }
    return found;
  }

  @Override
  public boolean putNamed(Zone zone, String name, byte[] content) {
    access.requireWritable(zone);
    try {
      return write(zone, named(zone, name), content);
    } catch (IOException e) {
      throw unavailable("write to", zone, e);
    }
  }

  @Override
  public Optional<byte[]> readNamed(Zone zone, String name) {
    access.requireReadable(zone);
    try {
      return Optional.of(Files.readAllBytes(named(zone, name)));
    } catch (NoSuchFileException e) {
      requirePresent(zone);
      return Optional.empty();
    } catch (IOException e) {
      throw unavailable("read from", zone, e);
    }
  }

  @Override
  public NamePage listNamed(Zone zone, String prefix, String after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of " + limit + " names: ask for at least 1");
    }
    Iterator<String> found = walk(zone, prefix, after);
    List<String> names = new ArrayList<>();
    while (names.size() < limit && found.hasNext()) {
      names.add(found.next());
    }
    return new NamePage(names, found.hasNext());
  }

  @Override
  public Stream<String> names(Zone zone, String prefix, String after) {
    Spliterator<String> found =
        Spliterators.spliteratorUnknownSize(
            walk(zone, prefix, after), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(found, false);
  }

  private Iterator<String> walk(Zone zone, String prefix, String after) {
    access.requireReadable(zone);
    return new DirectoryNames(
        root.resolve(zone.label()).resolve("named"),
        ObjectName.requirePrefix(prefix),
        after,
        e -> unavailable("list", zone, e),
        () -> requirePresent(zone));
  }

  private boolean write(Zone zone, Path target, byte[] content) throws IOException {
    if (Files.exists(target)) {
      return false;
    }
    requirePresent(zone);
    Path temporary = temporary(zone);
    try {
      Files.write(temporary, content);
      boolean published = publish(temporary, target);
      requirePresent(zone);
      return published;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean publish(Path temporary, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r--r-----"));
    Files.createDirectories(target.getParent());
    try {
      Files.createLink(target, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** What writers that were killed left. */
  private void removeAbandoned(Zone zone) throws IOException {
    Instant old = Instant.now().minus(ABANDONED_AFTER);
    try (DirectoryStream<Path> begun = Files.newDirectoryStream(incoming(zone), "*.part")) {
      for (Path file : begun) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      // Another process has just finished or removed it.
    }
  }

  private Path incoming(Zone zone) throws IOException {
    return Files.createDirectories(root.resolve(zone.label()).resolve("incoming"));
  }

  private Path temporary(Zone zone) throws IOException {
    Path folder = incoming(zone);
    return Files.createTempFile(folder, "object", ".part");
  }

  /** The object's file, which cannot be endless, a device or somewhere else. */
  private Path ownFile(ArtifactRef ref) throws IOException {
    Path file = object(ref.zone(), ref.sha256());
    BasicFileAttributes found =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile() || found.size() != ref.bytes()) {
      throw StoreException.changed(
          ref,
          found.isRegularFile()
              ? "it has " + found.size() + " bytes, not " + ref.bytes()
              : "it is not a file of its own");
    }
    return file;
  }

  private Path object(Zone zone, String sha256) {
    return root.resolve(zone.label()).resolve("sha256").resolve(sha256);
  }

  private Path named(Zone zone, String name) {
    return root.resolve(zone.label()).resolve("named").resolve(ObjectName.require(name));
  }

  private Path mark(Zone zone) {
    return root.resolve(zone.label()).resolve("zone");
  }

  private void requirePresent(Zone zone) {
    try {
      Files.readAttributes(mark(zone), BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new StoreException(
          Kind.UNAVAILABLE,
          "zone '"
              + zone.label()
              + "' is absent: "
              + mark(zone)
              + " is missing. Is the zone mounted? A new zone is made once, see docs/operations.md",
          e);
    } catch (IOException e) {
      throw unavailable("reach", zone, e);
    }
  }

  /** Whether the zone is there, and is the one that it is mounted as. */
  private void requireMark(Zone zone) {
    requirePresent(zone);
    try {
      String marked = Files.readString(mark(zone)).strip();
      if (!marked.equals(zone.label())) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "zone '"
                + marked
                + "' is where zone '"
                + zone.label()
                + "' should be, in "
                + root.resolve(zone.label())
                + ": check what is mounted there");
      }
    } catch (IOException e) {
      throw unavailable("read from", zone, e);
    }
  }

  private StoreException missing(ArtifactRef ref, IOException cause) {
    return new StoreException(
        Kind.MISSING,
        ref.uri() + " is not in the store under " + root + "; restore it from a backup",
        cause);
  }

  private StoreException unavailable(String what, Zone zone, IOException cause) {
    return new StoreException(
        Kind.UNAVAILABLE,
        "cannot "
            + what
            + " zone '"
            + zone.label()
            + "' under "
            + root
            + " ("
            + cause
            + "): check that it exists, has space and that this user may use it",
        cause);
  }
}
