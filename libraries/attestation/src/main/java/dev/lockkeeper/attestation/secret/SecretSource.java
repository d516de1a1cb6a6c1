package dev.lockkeeper.attestation.secret;

import java.io.IOException;

/**
 * Where a process gets its keys and other secrets. What it reads is never part of a message, a
 * {@code toString} or an exception.
 *
 * <p>An implementation is found by the scheme of its URI ({@link SecretSources}) and keeps {@code
 * SecretSourceContract}.
 */
public interface SecretSource {

  /**
   * Reads a secret. It is read anew each time, so that one that was replaced is found.
   *
   * @throws IOException if there is none of the name or it cannot be read; the message names it
   */
  Secret read(SecretName name) throws IOException;

  /** Where people find a secret, for messages about it. */
  String place(SecretName name);
}
