package dev.lockkeeper.store;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/** Opens the store that a URI names. */
public final class ArtifactStores {

  private ArtifactStores() {}

  /**
   * Opens a store with the provider of its scheme.
   *
   * @param uri where the zones lie, for instance {@code file:///var/lib/lockkeeper/store}
   * @param access the zones that may be reached
   * @throws IllegalArgumentException if there is no provider of the scheme, or it refuses the URI;
   *     the message says which schemes there are
   */
  public static ArtifactStore open(URI uri, ZoneAccess access) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    List<String> schemes = new ArrayList<>();
    for (ArtifactStoreProvider provider : ServiceLoader.load(ArtifactStoreProvider.class)) {
      if (provider.scheme().equals(scheme)) {
        return provider.open(uri, access);
      }
      schemes.add(provider.scheme() + ":");
    }
    throw new IllegalArgumentException(
        "store '"
            + uri
            + "': there is no store for "
            + (scheme.isEmpty() ? "a URI without a scheme" : scheme + ":")
            + ", there is one for "
            + String.join(", ", schemes.stream().sorted().toList())
            + "; name another, or put the module of that store on the class path");
  }
}
