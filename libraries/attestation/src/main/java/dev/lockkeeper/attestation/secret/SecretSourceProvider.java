package dev.lockkeeper.attestation.secret;

import java.net.URI;

/**
 * Opens sources of one kind; found by {@link java.util.ServiceLoader}. A provider names itself in
 * {@code META-INF/services/dev.lockkeeper.attestation.secret.SecretSourceProvider}.
 */
public interface SecretSourceProvider {

  /** The scheme of the URIs that it opens, in lower case, for instance {@code file}. */
  String scheme();

  /**
   * Opens a source. Nothing is read yet.
   *
   * @param uri where the secrets are; its scheme is {@link #scheme}. It contains no secret itself,
   *     because it is shown
   * @throws IllegalArgumentException if the URI does not name a source of this kind; the message
   *     says what is expected
   */
  SecretSource open(URI uri);
}
