package dev.lockkeeper.attestation.secret;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/** Opens the source of secrets that a URI names. */
public final class SecretSources {

  private SecretSources() {}

  /**
   * Opens a source with the provider of its scheme.
   *
   * @param uri where the secrets are, for instance {@code file:///run/secrets}
   * @throws IllegalArgumentException if there is no provider of the scheme, or it refuses the URI;
   *     the message says which schemes there are
   */
  public static SecretSource open(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    List<String> schemes = new ArrayList<>();
    for (SecretSourceProvider provider : ServiceLoader.load(SecretSourceProvider.class)) {
      if (provider.scheme().equals(scheme)) {
        return provider.open(uri);
      }
      schemes.add(provider.scheme() + ":");
    }
    throw new IllegalArgumentException(
        "secrets '"
            + uri
            + "': there is no source for "
            + (scheme.isEmpty() ? "a URI without a scheme" : scheme + ":")
            + ", there is one for "
            + String.join(", ", schemes.stream().sorted().toList())
            + "; name another, or put the module of that source on the class path");
  }
}
