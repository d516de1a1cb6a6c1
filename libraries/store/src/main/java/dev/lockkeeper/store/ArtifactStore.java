package dev.lockkeeper.store;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A write-once store of zones. Objects are stored under their SHA-256; named objects are written
 * once under a name. Nothing is ever overwritten or deleted. All methods throw {@link
 * StoreException}.
 */
public interface ArtifactStore {

  /** Stores a file's bytes under their digest; a second time changes nothing. */
  ArtifactRef put(Zone zone, Path file, String mediaType);

  /** Stores bytes under their digest; a second time changes nothing. */
  ArtifactRef put(Zone zone, byte[] content, String mediaType);

  /** The object's bytes, whose digest was verified after they were read. */
  byte[] read(ArtifactRef ref);

  /** Copies an object into a folder under its digest and verifies the copy. */
  Path localCopy(ArtifactRef ref, Path folder);

  /** Whether the object is there; its bytes are not read. */
  boolean contains(ArtifactRef ref);

  /**
   * Writes a named object once.
   *
   * @param name segments of {@code [A-Za-z0-9@._-]} separated by {@code /}
   * @return false if the name is taken, by whatever bytes
   */
  boolean putNamed(Zone zone, String name, byte[] content);

  /** A named object's bytes. */
  Optional<byte[]> readNamed(Zone zone, String name);

  /** The names that start with a prefix that ends in {@code /} (or the empty prefix), sorted. */
  List<String> listNamed(Zone zone, String prefix);
}
