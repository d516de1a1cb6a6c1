package dev.lockkeeper.store;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A write-once store of zones. Objects are stored under their SHA-256; named objects are written
 * once under a name. Nothing is ever overwritten or deleted. All methods throw {@link
 * StoreException}.
 *
 * <p>A zone that is absent is never taken for an empty one: until it was made, and while it cannot
 * be reached, every read and write of it fails with the kind {@code UNAVAILABLE}.
 *
 * <p>An implementation is found by the scheme of its URI ({@link ArtifactStores}) and keeps {@code
 * ArtifactStoreContract}.
 */
public interface ArtifactStore {

  /** Makes a zone that is not there yet; a second time changes nothing. Nothing else makes one. */
  void createZone(Zone zone);

  /**
   * Names of a zone, in order.
   *
   * @param names the names, sorted by their characters
   * @param more whether there are names after the last of these
   */
  record NamePage(List<String> names, boolean more) {

    public NamePage {
      names = List.copyOf(names);
    }
  }

  /**
   * Tries whether the zones can be reached: a process that cannot reach them is better not begun.
   *
   * @return this store
   * @throws StoreException if one is absent, cannot be written or may not be read
   */
  ArtifactStore requireAccess();

  /** Stores a file's bytes under their digest; a second time changes nothing. */
  ArtifactRef put(Zone zone, Path file, String mediaType);

  /** Stores bytes under their digest; a second time changes nothing. */
  ArtifactRef put(Zone zone, byte[] content, String mediaType);

  /**
   * Opens an object to be read as a stream. The stream fails with {@link StoreException} of kind
   * {@code CORRUPT} before it returns the last byte of an object that does not have its digest:
   * what was read is verified once the end is reached, and not before.
   */
  InputStream open(ArtifactRef ref);

  /** The object's bytes, whose digest was verified. For objects that fit in memory. */
  default byte[] read(ArtifactRef ref) {
    try (InputStream in = open(ref)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw StoreException.unreadable(ref, e);
    }
  }

  /** Copies an object into a folder under its digest; the copied bytes were verified. */
  default Path localCopy(ArtifactRef ref, Path folder) {
    Path copy = folder.resolve(ref.sha256());
    try (InputStream in = open(ref)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      throw StoreException.unreadable(ref, e);
    }
  }

  /** Whether the object is there; its bytes are not read. */
  boolean contains(ArtifactRef ref);

  /**
   * Writes a named object once.
   *
   * @param name as {@link ObjectName} requires
   * @return false if the name is taken, by whatever bytes
   */
  boolean putNamed(Zone zone, String name, byte[] content);

  /** A named object's bytes. */
  Optional<byte[]> readNamed(Zone zone, String name);

  /**
   * Lists one page of names.
   *
   * @param prefix what the names start with; empty for all
   * @param after only names after this one, which need not be there; empty for all
   * @param limit the most names that are returned, at least 1
   */
  NamePage listNamed(Zone zone, String prefix, String after, int limit);

  /**
   * Lists names as a stream that reads on as it is asked. Close it when it is not read to its end.
   *
   * @param prefix what the names start with; empty for all
   * @param after only names after this one, which need not be there; empty for all
   */
  default Stream<String> names(Zone zone, String prefix, String after) {
    return NamePages.of(this, zone, prefix, after);
  }

  /** Lists the names that start with a prefix, as {@link #names(Zone, String, String)} does. */
  default Stream<String> names(Zone zone, String prefix) {
    return names(zone, prefix, "");
  }
}
