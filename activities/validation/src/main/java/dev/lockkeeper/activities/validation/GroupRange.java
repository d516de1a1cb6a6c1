package dev.lockkeeper.activities.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * How far the rates of groups lie apart, and the interval of it. The largest and the smallest of
 * many groups differ by noise alone. So the end towards equality is the furthest that two groups
 * can be told apart, at a level divided by the number of comparisons (Bonferroni), from each
 * group's own interval (Newcombe 1998, method 10) and not from draws, of which there would be too
 * few. The other end is that of draws; from {@link #MANY} groups on these are shrunk.
 *
 * @param rates for each rate that is compared, the groups' shares
 * @param isRatio whether the smallest is divided by the largest, or subtracted from it
 */
record GroupRange(List<List<EffectiveShare>> rates, boolean isRatio) {

  /** From so many groups on, noise would decide which is the largest. */
  static final int MANY = 10;

  /**
   * What was found.
   *
   * @param value the range as observed, or the median of shrunk draws
   * @param interval its interval
   */
  record Found(double value, Interval interval) {}

  boolean isShrunk() {
    return rates.get(0).size() >= MANY;
  }

  double observed() {
    return range(
        rates.stream()
            .map(groups -> groups.stream().mapToDouble(EffectiveShare::observed).toArray())
            .toList());
  }

  Found find(PairedBootstrap bootstrap) {
    double tail = (1 - bootstrap.confidence()) / 2;
    double[] draws = draws(bootstrap);
    Arrays.sort(draws);
    double far = Interval.quantile(draws, isRatio ? tail : 1 - tail);
    double near = near(tail);
    double value = isShrunk() ? Interval.quantile(draws, 0.5) : observed();
    Interval interval =
        isRatio ? new Interval(Math.min(far, near), near) : new Interval(near, Math.max(far, near));
    return new Found(value, interval.with(value));
  }

  private double[] draws(PairedBootstrap bootstrap) {
    RandomGenerator random = new Well19937c(bootstrap.seed());
    List<Supplier<double[]>> sources = new ArrayList<>();
    for (List<EffectiveShare> groups : rates) {
      sources.add(
          isShrunk()
              ? new ShrunkRates(groups, random)::draw
              : () -> groups.stream().mapToDouble(group -> group.draw(random)).toArray());
    }
    double[] draws = new double[bootstrap.samples()];
    for (int sample = 0; sample < draws.length; sample++) {
      draws[sample] = range(sources.stream().map(Supplier::get).toList());
    }
    return draws;
  }

  private double range(List<double[]> drawn) {
    double widest = 0;
    for (double[] groups : drawn) {
      double most = Arrays.stream(groups).max().orElseThrow();
      double least = Arrays.stream(groups).min().orElseThrow();
      if (isRatio) {
        return most == 0 ? 1 : least / most;
      }
      widest = Math.max(widest, most - least);
    }
    return widest;
  }

  private double near(double tail) {
    int groups = rates.get(0).size();
    double each = tail * 2 / (rates.size() * (double) groups * (groups - 1));
    double nearest = isRatio ? 1 : 0;
    for (List<EffectiveShare> shares : rates) {
      double[] low = shares.stream().mapToDouble(share -> share.low(each)).toArray();
      double[] high = shares.stream().mapToDouble(share -> share.high(each)).toArray();
      for (int most = 0; most < groups; most++) {
        for (int least = 0; least < groups; least++) {
          if (most != least) {
            EffectiveShare above = shares.get(most);
            EffectiveShare below = shares.get(least);
            nearest =
                isRatio
                    ? Math.min(nearest, ratio(below, high[least], above, low[most]))
                    : Math.max(nearest, difference(above, low[most], below, high[least]));
          }
        }
      }
    }
    return nearest;
  }

  private static double difference(
      EffectiveShare above, double low, EffectiveShare below, double high) {
    return above.observed()
        - below.observed()
        - Math.hypot(above.observed() - low, high - below.observed());
  }

  private static double ratio(EffectiveShare below, double high, EffectiveShare above, double low) {
    return low == 0
        ? 1
        : below.mean()
            / above.mean()
            * Math.exp(Math.hypot(Math.log(high / below.mean()), Math.log(above.mean() / low)));
  }
}
