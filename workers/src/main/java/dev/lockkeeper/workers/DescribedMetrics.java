package dev.lockkeeper.workers;

import dev.lockkeeper.contracts.run.LockkeeperMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives each {@link LockkeeperMetric} its help text and its own labels alone. Temporal labels
 * whatever a workflow or an activity measures with its namespace, task queue and type, or with
 * {@code None} where there is none. Its own metrics stay as it makes them.
 */
final class DescribedMetrics extends MicrometerClientStatsReporter {
  private static final Map<String, LockkeeperMetric> OWN =
      Arrays.stream(LockkeeperMetric.values())
          .collect(Collectors.toMap(LockkeeperMetric::label, Function.identity()));

  private final MeterRegistry registry;
  private final Map<Series, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

  private record Series(LockkeeperMetric metric, List<Tag> labels) {

    static Series of(LockkeeperMetric metric, Map<String, String> tags) {
      return new Series(
          metric,
          metric.labels().stream()
              .sorted()
              .map(label -> Tag.of(label, tags.getOrDefault(label, "")))
              .toList());
    }
  }

  DescribedMetrics(MeterRegistry registry) {
    super(registry);
    this.registry = registry;
  }

  @Override
  public void reportCounter(String name, Map<String, String> tags, long value) {
    LockkeeperMetric own = OWN.get(name);
    if (own == null) {
      super.reportCounter(name, tags, value);
      return;
    }
    Counter.builder(name)
        .description(own.help())
        .tags(Series.of(own, tags).labels())
        .register(registry)
        .increment(value);
  }

  @Override
  public void reportGauge(String name, Map<String, String> tags, double value) {
    LockkeeperMetric own = OWN.get(name);
    if (own == null) {
      super.reportGauge(name, tags, value);
      return;
    }
    gauges.computeIfAbsent(Series.of(own, tags), this::gauge).set(value);
  }

  private AtomicReference<Double> gauge(Series series) {
    AtomicReference<Double> value = new AtomicReference<>(0.0);
    Gauge.builder(series.metric().label(), value, AtomicReference::get)
        .description(series.metric().help())
        .tags(series.labels())
        .strongReference(true)
        .register(registry);
    return value;
  }
}
