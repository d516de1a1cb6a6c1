package dev.lockkeeper.workers;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process's metrics: Temporal's own ({@code temporal_…}), those of the stages ({@code
 * lockkeeper_…}) and those of the JVM.
 */
final class Metrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
  private static final double REPORT_SECONDS = 1;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final Scope scope;

  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
    scope =
        new RootScopeBuilder()
            .reporter(new DescribedMetrics(registry))
            .reportEvery(com.uber.m3.util.Duration.ofSeconds(REPORT_SECONDS));
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  Scope scope() {
    return scope;
  }

  @Override
  public void close() {
    try {
      scope.close();
    } catch (ScopeCloseException e) {
      LOG.warn("the last metrics were not reported", e);
    }
    garbageCollection.close();
    registry.close();
  }
}
