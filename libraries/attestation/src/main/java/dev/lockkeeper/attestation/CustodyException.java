package dev.lockkeeper.attestation;

/**
 * A statement, signature, digest or link of the chain does not verify; the message names the check.
 */
public class CustodyException extends RuntimeException {

  public CustodyException(String message) {
    super(message);
  }

  public CustodyException(String message, Throwable cause) {
    super(message, cause);
  }
}
