package dev.lockkeeper.store;

import java.net.URI;

/**
 * Opens stores of one kind; found by {@link java.util.ServiceLoader}. A provider names itself in
 * {@code META-INF/services/dev.lockkeeper.store.ArtifactStoreProvider}.
 */
public interface ArtifactStoreProvider {

  /** The scheme of the URIs that it opens, in lower case, for instance {@code file}. */
  String scheme();

  /**
   * Opens a store. Nothing is read or written yet.
   *
   * @param uri where the zones lie; its scheme is {@link #scheme}
   * @param access the zones that may be reached; the store refuses every other
   * @throws IllegalArgumentException if the URI does not name a store of this kind; the message
   *     says what is expected
   */
  ArtifactStore open(URI uri, ZoneAccess access);
}
