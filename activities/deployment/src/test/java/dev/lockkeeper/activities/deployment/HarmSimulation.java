package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.formats.deployment.KeyCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * False rollbacks, detection and promotion by the real tests, one canary a draw on the default plan
 * at ten requests a second: 5,000 requests at 10 %, 6,000 at 50 %, a look every 100 requests.
 *
 * <p>Surefire does not run it by itself: {@code docs/layers/deployment.md} says how to.
 */
class HarmSimulation {

  static final double ALPHA = 0.05;
  private static final int[] PERCENTS = {10, 50};
  private static final int[] REQUESTS = {5_000, 6_000};
  private static final int LOOK_EVERY = 100;

  /** Requests at the last step until the default maximum of two hours. */
  private static final int UNTIL_THE_MAXIMUM = 67_000;

  private static final double[][] RATES = {
    {0.05, 0.05}, {0, 0.05}, {0.01, 0.03}, {0.05, 0.08}, {0.05, 0.15}
  };
  private static final double[][] SMALL = {
    {0, 0}, {0, 0.001}, {0.01, 0.01}, {0.01, 0.015}, {0.01, 0.02}, {0.05, 0.05}, {0.05, 0.06}
  };

  /**
   * What came out.
   *
   * @param harms share of canaries with harm
   * @param median candidate requests until then
   * @param inside share of canaries without harm that were shown to be inside the margin
   */
  record Figures(double harms, long median, double inside) {}

  @Test
  void run() throws IOException {
    int draws = Integer.getInteger("simulation.draws", 1_000);
    StringBuilder text = new StringBuilder();
    for (SimulatedTraffic.Kind kind : SimulatedTraffic.Kind.values()) {
      for (double[] rates : RATES) {
        for (HarmUnit unit : HarmUnit.values()) {
          Figures figures = canaries(kind, unit, rates, 0, draws);
          text.append(line(kind, unit, rates, figures));
        }
      }
    }
    for (double margin : new double[] {0, 0.005, 0.01}) {
      for (double[] rates : SMALL) {
        Figures figures =
            canaries(SimulatedTraffic.Kind.KEY_EACH, HarmUnit.KEY, rates, margin, draws);
        text.append(
            String.format(
                Locale.ROOT,
                "margin %5.3f, %4.1f -> %4.1f %%: promoted %5.1f %%, harm %5.1f %%%n",
                margin,
                100 * rates[0],
                100 * rates[1],
                100 * (margin == 0 ? 1 - figures.harms() : figures.inside()),
                100 * figures.harms()));
      }
    }
    Files.writeString(Path.of("target", "harm-simulation.txt"), text);
  }

  private static String line(
      SimulatedTraffic.Kind kind, HarmUnit unit, double[] rates, Figures figures) {
    return String.format(
        Locale.ROOT,
        "%-52s %-7s %4.1f -> %4.1f %%: harm %5.1f %%, median %d candidate requests%n",
        kind.text,
        unit,
        100 * rates[0],
        100 * rates[1],
        100 * figures.harms(),
        figures.median());
  }

  /**
   * Runs canaries.
   *
   * @param rates shares of failures of the stable version and the candidate
   * @param margin the declared margin; 0 for none
   */
  static Figures canaries(
      SimulatedTraffic.Kind kind, HarmUnit unit, double[] rates, double margin, int draws) {
    long[] found = new long[draws];
    int harms = 0;
    int inside = 0;
    for (int draw = 0; draw < draws; draw++) {
      Canary canary =
          new Canary(new SimulatedTraffic(kind, 31L * draw + 7, rates[0], rates[1]), unit, margin);
      long at = canary.run();
      if (at > 0) {
        found[harms++] = at;
      }
      inside += at == 0 && canary.inside ? 1 : 0;
    }
    Arrays.sort(found, 0, harms);
    return new Figures(
        (double) harms / draws, harms == 0 ? 0 : found[harms / 2], (double) inside / draws);
  }

  /** One canary: what the gateway counts of it, and the judge's tests. */
  private static final class Canary {

    private final SimulatedTraffic traffic;
    private final double margin;
    private final HarmTest test;
    private final Set<Integer> everFailed = new HashSet<>();
    private boolean inside;

    Canary(SimulatedTraffic traffic, HarmUnit unit, double margin) {
      this.traffic = traffic;
      this.margin = margin;
      this.test = HarmTest.start(unit);
    }

    /** Candidate requests until harm was shown; 0 if it never was. */
    long run() {
      long candidates = 0;
      for (int step = 0; step < PERCENTS.length; step++) {
        Arms arms = new Arms(PERCENTS[step]);
        boolean last = step == PERCENTS.length - 1;
        int requests = last && margin > 0 ? UNTIL_THE_MAXIMUM : REQUESTS[step];
        CanaryCounts before = arms.counts();
        for (int i = 1; i <= requests && !inside; i++) {
          candidates += arms.next() ? 1 : 0;
          if (i % LOOK_EVERY == 0) {
            CanaryCounts now = arms.counts();
            before = test.add(now, before.stable(), before.candidate()) ? now : before;
            if (test.eValue() >= 1 / ALPHA) {
              return candidates;
            }
            inside = last && i >= REQUESTS[step] && margin > 0 && isInside(now);
          }
        }
      }
      return 0;
    }

    private boolean isInside(CanaryCounts now) {
      Double increase = ArmComparison.of(now, test.byKey(now), ALPHA).increaseAtMost();
      return increase != null && increase <= margin;
    }

    /** Both arms under one manifest. */
    private final class Arms {

      private final int percent;
      private final long[][] counts = new long[2][6];
      private final Set<Integer> seen = new HashSet<>();
      private final Set<Integer> failed = new HashSet<>();

      Arms(int percent) {
        this.percent = percent;
      }

      /** Counts the next request; returns whether it was the candidate's. */
      boolean next() {
        traffic.next();
        boolean candidate = traffic.toCandidate(percent);
        long[] arm = counts[candidate ? 1 : 0];
        arm[0]++;
        if (seen.add(traffic.key())) {
          arm[2]++;
          arm[5] += everFailed.contains(traffic.key()) ? 0 : 1;
        }
        if (traffic.fails(candidate)) {
          arm[1]++;
          arm[3] += failed.add(traffic.key()) ? 1 : 0;
          arm[4] += everFailed.add(traffic.key()) ? 1 : 0;
        }
        return candidate;
      }

      CanaryCounts counts() {
        return new CanaryCounts("e", "i", percent, percent, arm(counts[0]), arm(counts[1]));
      }

      private static ArmCounts arm(long[] arm) {
        return new ArmCounts(arm[0], arm[1], 0, 0, new KeyCounts(arm[2], arm[3], arm[5], arm[4]));
      }
    }
  }
}
