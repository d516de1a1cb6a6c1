package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.fixtures.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the real gateway's counting and the real judge do together, one canary a draw: 10, then 50 %
 * of the traffic, every request with a key of its own.
 *
 * <p>Surefire does not run it by itself: {@code docs/layers/deployment.md} says how to.
 */
class CountingSimulation {

  static final double ALPHA = 0.05;
  private static final int[] RAMP = {10, 50};
  private static final int LOOK_EVERY = 100;

  /** Rows of a request that takes about as long as the limit. */
  private static final int LARGE = 2_000;

  /**
   * How a draw's requests are.
   *
   * @param requests requests a step
   * @param common share that neither version answers
   * @param own share that the candidate alone does not answer
   * @param stables share that the stable version alone does not answer
   * @param large share of large requests
   * @param byName share of further requests to the stable version by its name
   */
  record Traffic(
      int requests, double common, double own, double stables, double large, double byName) {

    Traffic ofRequests(int other) {
      return new Traffic(other, common, own, stables, large, byName);
    }
  }

  static final Traffic HIDDEN = new Traffic(1_500, 0.05, 0.04, 0, 0, 0);
  static final Traffic LARGE_REQUESTS = new Traffic(375, 0, 0, 0, 0.05, 0);
  static final Traffic BY_NAME = new Traffic(1_500, 0, 0.05, 0.05, 0, 0.5);

  /**
   * What came out.
   *
   * @param draws canaries
   * @param harms how many of them showed harm
   * @param median candidate requests until then, the median of those
   */
  record Figures(int draws, int harms, long median) {

    double share() {
      return (double) harms / draws;
    }

    String line(String what) {
      return String.format(
          Locale.ROOT,
          "%-64s harm in %4d of %4d (%.1f %%), median %d candidate requests%n",
          what,
          harms,
          draws,
          100 * share(),
          median);
    }
  }

  @TempDir Path folder;

  @Test
  void run() throws IOException {
    int draws = Integer.getInteger("simulation.draws", 1_000);
    String text =
        quick(folder.resolve("a"), HIDDEN, draws)
                .line("5 % common failures and 4 % of the candidate's own")
            + quick(folder.resolve("b"), BY_NAME, draws)
                .line("5 % of each version's own, half as many requests by name")
            + large(folder.resolve("c"), LARGE_REQUESTS, draws)
                .line("the same model twice, 1 request in 20 at the time limit");
    Files.writeString(Path.of("target", "counting-simulation.txt"), text);
  }

  static Figures quick(Path folder, Traffic traffic, int draws) throws IOException {
    try (SimulatedEndpoint endpoint = SimulatedEndpoint.quick(Files.createDirectory(folder))) {
      return figures(endpoint, traffic, draws);
    }
  }

  /** The limit is the median time of a large request, so that one in two of them exceeds it. */
  static Figures large(Path folder, Traffic traffic, int draws) throws IOException {
    Files.createDirectory(folder);
    long[] nanos = new long[200];
    byte[] model = OnnxFile.logistic(0.5f, 0.1f);
    try (SimulatedEndpoint endpoint =
        new SimulatedEndpoint(
            Files.createDirectory(folder.resolve("time")), model, Duration.ofSeconds(30))) {
      endpoint.shift(100);
      for (int i = 0; i < nanos.length; i++) {
        long started = System.nanoTime();
        endpoint.ask("large-" + i, SimulatedEndpoint.GOOD, LARGE);
        nanos[i] = System.nanoTime() - started;
      }
    }
    Arrays.sort(nanos, nanos.length / 2, nanos.length);
    long median = nanos[nanos.length * 3 / 4];
    try (SimulatedEndpoint endpoint =
        new SimulatedEndpoint(
            Files.createDirectory(folder.resolve("draws")),
            model,
            Duration.ofMillis(Math.max(1, Math.round(median / 1e6))))) {
      return figures(endpoint, traffic, draws);
    }
  }

  private static Figures figures(SimulatedEndpoint endpoint, Traffic traffic, int draws)
      throws IOException {
    long[] found = new long[draws];
    int harms = 0;
    for (int draw = 0; draw < draws; draw++) {
      long at = canary(endpoint, traffic, draw);
      if (at > 0) {
        found[harms++] = at;
      }
    }
    Arrays.sort(found, 0, harms);
    return new Figures(draws, harms, harms == 0 ? 0 : found[harms / 2]);
  }

  /** Candidate requests until harm was shown; 0 if it never was. */
  private static long canary(SimulatedEndpoint endpoint, Traffic traffic, int draw)
      throws IOException {
    SplittableRandom random = new SplittableRandom(draw);
    endpoint.begin();
    for (int percent : RAMP) {
      endpoint.shift(percent);
      for (int i = 1; i <= traffic.requests(); i++) {
        String key = draw + "-" + percent + "-" + i;
        if (random.nextDouble() < traffic.large()) {
          endpoint.ask(key, SimulatedEndpoint.GOOD, LARGE);
        } else {
          endpoint.ask(key, row(traffic, random.nextDouble()), 1);
        }
        if (random.nextDouble() < traffic.byName()) {
          endpoint.askStable(key, SimulatedEndpoint.GOOD);
        }
        if (i % LOOK_EVERY == 0) {
          CanaryLook look = endpoint.look(ALPHA);
          if (look.harm()) {
            return look.evidence().candidateRequests();
          }
        }
      }
    }
    return 0;
  }

  private static int row(Traffic traffic, double drawn) {
    if (drawn < traffic.common()) {
      return SimulatedEndpoint.BAD_FOR_BOTH;
    }
    if (drawn < traffic.common() + traffic.own()) {
      return SimulatedEndpoint.BAD_FOR_CANDIDATE;
    }
    return drawn < traffic.common() + traffic.own() + traffic.stables()
        ? SimulatedEndpoint.BAD_FOR_STABLE
        : SimulatedEndpoint.GOOD;
  }
}
