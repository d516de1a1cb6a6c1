package dev.lockkeeper.formats.ingestion;

import static dev.lockkeeper.formats.ingestion.ColumnType.STRING;
import static dev.lockkeeper.formats.ingestion.ColumnType.TIMESTAMP;

import dev.lockkeeper.formats.InvalidSpecificationException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds of every data contract. The reader of contract files says the same with the line.
 *
 * @param columns the contract's columns
 */
record ContractInvariants(List<ColumnContract> columns) {

  /** Refuses columns that no contract may have. */
  void require() {
    Set<String> names = new HashSet<>();
    for (ColumnContract column : columns) {
      String where = "contract.columns." + column.name();
      require(
          !column.name().isBlank(), "contract.columns", "expected the column's name in the file");
      require(
          names.add(column.name().toLowerCase(Locale.ROOT)),
          where,
          "there is another column of this name; upper and lower case do not tell columns apart");
      limits(where, column);
      pattern(where, column.pattern());
    }
  }

  private static void limits(String where, ColumnContract column) {
    ValueLimits limits = column.limits();
    ValueLimits of = limits == null ? new ValueLimits(null, null, null, null, null, null) : limits;
    boolean text = column.type() == STRING;
    boolean time = column.type() == TIMESTAMP;
    boolean ordered = time || column.type().isNumeric();
    Double step = of.multipleOf();
    Integer shortest = of.minLength();
    Integer longest = of.maxLength();
    require(
        ordered
            || absent(
                column.minimum(), column.maximum(), of.exclusiveMinimum(), of.exclusiveMaximum()),
        where,
        "only numbers and times have bounds");
    require(column.type().isNumeric() || step == null, where, "only numbers are multiples");
    require(
        text || absent(column.pattern(), shortest, longest),
        where,
        "only strings have a pattern and a length");
    require(time || of.timeFormat() == null, where, "only times have a format");
    require(
        ColumnBounds.satisfiable(
            column.minimum(), column.maximum(), of.exclusiveMinimum(), of.exclusiveMaximum()),
        where,
        "no value can satisfy both bounds");
    require(step == null || step > 0, where, "multipleOf: expected a number above 0");
    require(
        (shortest == null || shortest >= 0) && (longest == null || longest >= 0),
        where,
        "expected a number of characters");
    require(
        shortest == null || longest == null || shortest <= longest,
        where,
        "minLength is above maxLength: no string can satisfy both");
  }

  /** Refuses rules that no contract with these columns may have. */
  void require(List<QualityRule> rules) {
    for (QualityRule rule : rules) {
      String where = "contract.rules." + rule.name();
      String column = rule.column();
      boolean ofTable =
          rule.metric() == QualityMetric.ROW_COUNT
              || (column == null && rule.metric() == QualityMetric.DUPLICATE_VALUES);
      require(
          ofTable == (column == null),
          where,
          rule.metric()
              + (column == null ? " is a metric of a column" : " is a metric of the table"));
      if (column != null) {
        known(where, column);
      }
      bounds(where, rule);
      arguments(where, rule);
    }
  }

  private static void bounds(String where, QualityRule rule) {
    Double low = rule.minimum();
    Double high = rule.maximum();
    require(low != null || high != null, where, "expected a bound");
    require(
        Stream.of(low, high).allMatch(bound -> bound == null || Double.isFinite(bound)),
        where,
        "expected a number as a bound");
    require(
        low == null || high == null || low <= high,
        where,
        "expected the smaller bound first, got " + low + " and " + high);
  }

  private void arguments(String where, QualityRule rule) {
    RuleArguments given = rule.arguments();
    if (given == null) {
      return;
    }
    boolean invalid = rule.metric() == QualityMetric.INVALID_VALUES;
    boolean together = rule.column() == null && rule.metric() == QualityMetric.DUPLICATE_VALUES;
    boolean fit =
        (invalid || (given.validValues().isEmpty() && given.pattern() == null))
            && (rule.metric() == QualityMetric.MISSING_VALUES || given.missingValues().isEmpty())
            && (together || given.properties().isEmpty());
    require(fit, where, rule.metric() + " does not take these arguments");
    given.properties().forEach(property -> known(where, property));
    pattern(where, given.pattern());
  }

  private void known(String where, String column) {
    require(
        columns.stream().anyMatch(known -> known.name().equals(column)),
        where,
        "there is no column '" + column + "'");
  }

  private static void pattern(String where, @Nullable String pattern) {
    if (pattern != null) {
      ContractPattern.problem(pattern)
          .ifPresent(problem -> require(false, where, "pattern: " + problem));
    }
  }

  private static boolean absent(@Nullable Object... values) {
    for (Object value : values) {
      if (value != null) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean holds, String where, String otherwise) {
    if (!holds) {
      throw new InvalidSpecificationException(where + ": " + otherwise);
    }
  }
}
