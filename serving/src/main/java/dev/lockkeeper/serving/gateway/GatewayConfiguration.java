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
 * @param followInterval time between two looks for new manifests: a gateway that nobody calls
 *     serves what was decided so much later, plus the time to verify what is new to it
 */
public record GatewayConfiguration(
    String host,
    int port,
    StateFolder state,
    Duration candidateTimeout,
    Duration logInterval,
    Duration notice,
    Duration followInterval) {

  /**
   * A second of traffic to a bad version is less than a person or a canary needs to notice it, and
   * two listings a second for each endpoint are nothing to a store.
   */
  public static final Duration FOLLOW = Duration.ofSeconds(1);

  /** The shortest interval that is a pause. */
  private static final Duration SHORTEST_FOLLOW = Duration.ofMillis(10);

  public GatewayConfiguration {
    if (followInterval.compareTo(SHORTEST_FOLLOW) < 0) {
      throw new IllegalArgumentException(
          "followInterval: expected at least " + SHORTEST_FOLLOW + ", got " + followInterval);
    }
  }

  /** A gateway that looks for new manifests every second. */
  public GatewayConfiguration(
      String host,
      int port,
      StateFolder state,
      Duration candidateTimeout,
      Duration logInterval,
      Duration notice) {
    this(host, port, state, candidateTimeout, logInterval, notice, FOLLOW);
  }

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

  /** The same with another time between two looks for new manifests. */
  public GatewayConfiguration following(Duration interval) {
    return new GatewayConfiguration(
        host, port, state, candidateTimeout, logInterval, notice, interval);
  }
}
