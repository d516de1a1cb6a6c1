package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.Required;
import org.jspecify.annotations.Nullable;

/**
 * A quality rule (ODCS v3.1, {@code type: library}): the metric must lie between two bounds, or
 * must not.
 *
 * @param name the rule's name for people
 * @param column the column it is about; null for the whole table
 * @param metric what is counted
 * @param percent whether the count is taken as percent of the rows
 * @param minimum lower bound; null for none
 * @param minimumExclusive whether the lower bound itself is refused
 * @param maximum upper bound; null for none
 * @param maximumExclusive whether the upper bound itself is refused
 * @param negated whether the metric must lie outside the bounds instead
 * @param arguments what the metric counts by; null for its defaults
 */
public record QualityRule(
    String name,
    @Nullable String column,
    QualityMetric metric,
    boolean percent,
    @Nullable Double minimum,
    boolean minimumExclusive,
    @Nullable Double maximum,
    boolean maximumExclusive,
    boolean negated,
    @Nullable RuleArguments arguments) {

  public QualityRule {
    Required.value("contract.rules.name", name);
    Required.value("contract.rules." + name + ".metric", metric);
  }
}
