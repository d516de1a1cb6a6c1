package dev.lockkeeper.serving.violation;

import dev.lockkeeper.serving.gateway.Gateway;

/** What the core may not do. */
public final class UsesAnAdapter {

  /** Asks the process that it is part of. */
  public int port(Gateway gateway) {
    return gateway.port();
  }
}
