package dev.lockkeeper.store;

import java.net.URI;
import java.nio.file.Path;

/** {@code file:///FOLDER}: zones as directories below a folder. */
public final class DirectoryStoreProvider implements ArtifactStoreProvider {

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public ArtifactStore open(URI uri, ZoneAccess access) {
    try {
      return new DirectoryArtifactStore(Path.of(uri), access.readable(), access.writable());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "store '" + uri + "': expected file:///FOLDER with an absolute path: " + e.getMessage(),
          e);
    }
  }
}
