package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a metric counts by (ODCS v3.1 {@code arguments}).
 *
 * @param validValues of the metric invalidValues: the only valid values; empty for any
 * @param pattern of the metric invalidValues: what a valid value matches in full; null for any
 * @param missingValues of the metric missingValues: texts that stand for a missing value, beside an
 *     empty one
 * @param properties {@code duplicateValues} of the table: the columns taken together; empty for all
 */
public record RuleArguments(
    List<String> validValues,
    @Nullable String pattern,
    List<String> missingValues,
    List<String> properties) {

  public RuleArguments {
    validValues = Required.list("contract.rules.arguments.validValues", validValues);
    missingValues = Required.list("contract.rules.arguments.missingValues", missingValues);
    properties = Required.list("contract.rules.arguments.properties", properties);
  }
}
