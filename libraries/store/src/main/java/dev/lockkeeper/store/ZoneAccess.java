package dev.lockkeeper.store;

import dev.lockkeeper.formats.artifact.Zone;
import java.util.HashSet;
import java.util.Set;

/**
 * Which zones a role may read and write.
 *
 * @param readable zones that it reads
 * @param writable zones that it writes
 */
public record ZoneAccess(Set<Zone> readable, Set<Zone> writable) {

  public static final ZoneAccess NONE = new ZoneAccess(Set.of(), Set.of());

  public ZoneAccess {
    readable = Set.copyOf(readable);
    writable = Set.copyOf(writable);
  }

  /** Reads these zones and writes none. */
  public static ZoneAccess reading(Zone... zones) {
    return new ZoneAccess(Set.of(zones), Set.of());
  }

  /** Reads and writes these zones. */
  public static ZoneAccess to(Zone... zones) {
    return new ZoneAccess(Set.of(zones), Set.of(zones));
  }

  /** The zones that it reads or writes. */
  public Set<Zone> all() {
    Set<Zone> all = new HashSet<>(readable);
    all.addAll(writable);
    return all;
  }

  /**
   * Refuses a zone that may not be read.
   *
   * @throws StoreException of kind {@code DENIED}
   */
  public void requireReadable(Zone zone) {
    require(readable, zone, "read");
  }

  /**
   * Refuses a zone that may not be written.
   *
   * @throws StoreException of kind {@code DENIED}
   */
  public void requireWritable(Zone zone) {
    require(writable, zone, "write");
  }

  private static void require(Set<Zone> zones, Zone zone, String what) {
    if (!zones.contains(zone)) {
      throw new StoreException(
          StoreException.Kind.DENIED, "this role may not " + what + " zone '" + zone.label() + "'");
    }
  }

  /** Reads the same zones and writes these. */
  public ZoneAccess writing(Zone... zones) {
    return new ZoneAccess(readable, Set.of(zones));
  }
}
