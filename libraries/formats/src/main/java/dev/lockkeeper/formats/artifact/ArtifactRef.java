package dev.lockkeeper.formats.artifact;

/**
 * A reference to a write-once object: never the data itself.
 *
 * @param zone the zone that contains it
 * @param sha256 lower-case hexadecimal SHA-256 of the bytes, which is also its name
 * @param bytes its size in bytes
 * @param mediaType its media type, for example {@code application/vnd.apache.parquet}
 */
public record ArtifactRef(Zone zone, String sha256, long bytes, String mediaType) {

  public ArtifactRef {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a lower-case hexadecimal SHA-256: '" + sha256 + "'");
    }
  }

  /** The reference as a URI, for example {@code lockkeeper://raw/sha256/9f86…}. */
  public String uri() {
    return "lockkeeper://" + zone.label() + "/sha256/" + sha256;
  }
}
