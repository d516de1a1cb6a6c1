package example.extensions;

import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStoreProvider;
import dev.lockkeeper.store.ZoneAccess;
import java.net.URI;
import java.nio.file.Path;

/**
 * {@code sqlite:/FILE}: all zones in one database file. Who may write the file may write each zone,
 * so it suits one machine whose roles trust each other.
 */
public final class SqliteStoreProvider implements ArtifactStoreProvider {

  @Override
  public String scheme() {
    return "sqlite";
  }

  @Override
  public ArtifactStore open(URI uri, ZoneAccess access) {
    String file = uri.getPath();
    if (file == null) {
      throw new IllegalArgumentException(
          "store '" + uri + "': expected sqlite:/FILE with an absolute path");
    }
    return new SqliteStore(Path.of(file), access);
  }
}
