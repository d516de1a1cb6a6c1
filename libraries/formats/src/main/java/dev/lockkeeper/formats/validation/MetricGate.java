package dev.lockkeeper.formats.validation;

import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.Range;
import dev.lockkeeper.formats.Required;
import org.jspecify.annotations.Nullable;

/**
 * A gate on one metric.
 *
 * @param metric which
 * @param minimum the value must not be below; null for none
 * @param maximum the value must not be above; null for none
 * @param margin the largest loss against the stable model that is accepted: the interval of the
 *     paired difference must lie inside it. Null compares with nothing
 */
public record MetricGate(
    Metric metric, @Nullable Double minimum, @Nullable Double maximum, @Nullable Double margin) {

  public static final Range<Double> MARGINS = new Range<>(0.0, 1_000.0);

  public MetricGate {
    Required.value("validation.metrics.metric", metric);
    if (minimum == null && maximum == null && margin == null) {
      throw new InvalidSpecificationException(
          "validation.metrics: expected minimum, maximum or margin: without one nothing is judged");
    }
    if (margin != null) {
      MARGINS.require("validation.metrics.margin", margin);
    }
  }
}
