package dev.lockkeeper.serving.gateway;

import dev.lockkeeper.attestation.StateFolder;
import java.time.Duration;

/**
 * What the gateway needs to know.
 *
 * @param host the address it listens on
 * @param port the port; 0 takes any free one
 * @param state where the models, deployments and inference-log zones and the trust are
 * @param candidateTimeout how long each version of a canary may take: a candidate that takes longer
 *     is answered for by the stable version
 * @param logInterval longest time that a prediction waits before it is in the inference log
 * @param notice how long a gateway that ends still takes requests, while it is not ready and asks
 *     each client to close its connection
 */
public record GatewayConfiguration(
    String host,
    int port,
    StateFolder state,
    Duration candidateTimeout,
    Duration logInterval,
    Duration notice) {

  /** A gateway that takes no more requests once it ends. */
  public GatewayConfiguration(
      String host, int port, StateFolder state, Duration candidateTimeout, Duration logInterval) {
    this(host, port, state, candidateTimeout, logInterval, Duration.ZERO);
  }

  /** Two seconds for each version of a canary, one second for the log, one for the notice. */
  public static GatewayConfiguration standard(String host, int port, StateFolder state) {
    return new GatewayConfiguration(
        host, port, state, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1));
  }
}
