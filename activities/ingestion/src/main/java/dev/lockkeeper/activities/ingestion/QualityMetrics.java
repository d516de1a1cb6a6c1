package dev.lockkeeper.activities.ingestion;

import static dev.lockkeeper.engine.Sql.name;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.Sql;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.QualityMetric;
import dev.lockkeeper.formats.ingestion.QualityRule;
import dev.lockkeeper.formats.ingestion.RuleArguments;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes the library metrics of ODCS v3.1 and compares them with their bounds. */
final class QualityMetrics {

  private final DataEngine engine;
  private final SourceTable table;
  private final DataContract contract;

  QualityMetrics(DataEngine engine, SourceTable table, DataContract contract) {
    this.engine = engine;
    this.table = table;
    this.contract = contract;
  }

  /**
   * The breach of a rule; null if it is met, or if its column is missing (which is a breach of its
   * own).
   */
  @Nullable ContractBreach judge(QualityRule rule) throws SQLException {
    String column = rule.column();
    if (column != null && !table.columns().contains(column)) {
      return null;
    }
    long count = count(rule);
    double value = rule.percent() ? 100.0 * count / table.rows() : count;
    boolean low =
        rule.minimum() != null
            && (value < rule.minimum() || (rule.minimumExclusive() && value == rule.minimum()));
    boolean high =
        rule.maximum() != null
            && (value > rule.maximum() || (rule.maximumExclusive() && value == rule.maximum()));
    boolean holds = rule.negated() ? low || high : !low && !high;
    if (holds) {
      return null;
    }
    String unit = rule.percent() ? " %" : " rows";
    List<String> examples = new ArrayList<>();
    examples.add("found " + Numbers.plain(value) + unit);
    long differing = count;
    String shown = shown(rule);
    if (shown != null) {
      String wanted = counted(rule);
      String broken = low ? "NOT coalesce(" + wanted + ", false)" : wanted;
      differing = low ? table.rows() - count : count;
      examples.addAll(ContractCheck.examples(engine, table, shown, broken));
    }
    return new ContractBreach(
        Objects.requireNonNullElse(column, ""),
        rule.name(),
        expected(rule, unit),
        differing,
        table.rows(),
        examples.subList(0, Math.min(5, examples.size())));
  }

  /** The column whose values are shown as examples; null where the count is all there is. */
  private @Nullable String shown(QualityRule rule) {
    if (rule.column() != null || rule.metric() != QualityMetric.DUPLICATE_VALUES) {
      return rule.column();
    }
    return together(rule).get(0);
  }

  private long count(QualityRule rule) throws SQLException {
    return rule.metric() == QualityMetric.ROW_COUNT
        ? table.rows()
        : engine.count("SELECT count(*) FROM source WHERE " + counted(rule));
  }

  /** True of the rows that the metric counts. */
  private String counted(QualityRule rule) {
    return switch (rule.metric()) {
      case NULL_VALUES -> quoted(rule) + " IS NULL";
      case MISSING_VALUES -> missing(rule);
      case DUPLICATE_VALUES -> duplicate(together(rule));
      case INVALID_VALUES -> invalid(rule);
      case ROW_COUNT -> "true";
    };
  }

  /** The columns whose values are duplicates if another row has the same. */
  private List<String> together(QualityRule rule) {
    if (rule.column() != null) {
      return List.of(rule.column());
    }
    RuleArguments arguments = rule.arguments();
    return arguments == null || arguments.properties().isEmpty()
        ? table.columns()
        : arguments.properties();
  }

  /** A missing value of several columns together is a value like any other. */
  private String duplicate(List<String> columns) {
    List<String> values = columns.stream().map(this::value).toList();
    return ContractCheck.repeated(
        values.size() == 1 ? values.get(0) : "row(" + String.join(", ", values) + ")");
  }

  private String value(String column) {
    return contract.columns().stream()
        .filter(c -> c.name().equals(column))
        .findFirst()
        .map(LogicalTypes::value)
        .orElseGet(() -> name(column));
  }

  private static String missing(QualityRule rule) {
    RuleArguments arguments = rule.arguments();
    List<String> also = arguments == null ? List.of() : arguments.missingValues();
    String empty = quoted(rule) + " IS NULL";
    return also.isEmpty()
        ? empty
        : "("
            + empty
            + " OR "
            + quoted(rule)
            + " IN ("
            + also.stream().map(Sql::text).collect(Collectors.joining(", "))
            + "))";
  }

  private String invalid(QualityRule rule) {
    ColumnContract known =
        contract.columns().stream()
            .filter(c -> c.name().equals(rule.column()))
            .findFirst()
            .orElseThrow();
    RuleArguments arguments = rule.arguments();
    List<String> allowed = arguments == null ? known.allowedValues() : arguments.validValues();
    String pattern = arguments == null ? known.pattern() : arguments.pattern();
    List<String> wrong = new ArrayList<>(List.of(LogicalTypes.wrong(known)));
    if (!allowed.isEmpty()) {
      wrong.add(ContractCheck.outside(known, allowed));
    }
    if (pattern != null) {
      wrong.add(ContractCheck.mismatch(known, pattern));
    }
    return "((" + String.join(") OR (", wrong) + "))";
  }

  private static String quoted(QualityRule rule) {
    return name(Objects.requireNonNull(rule.column()));
  }

  /** The metric as the standard writes it. */
  private static String label(QualityMetric metric) {
    return switch (metric) {
      case NULL_VALUES -> "nullValues";
      case MISSING_VALUES -> "missingValues";
      case INVALID_VALUES -> "invalidValues";
      case DUPLICATE_VALUES -> "duplicateValues";
      case ROW_COUNT -> "rowCount";
    };
  }

  private static String expected(QualityRule rule, String unit) {
    Double minimum = rule.minimum();
    Double maximum = rule.maximum();
    String not = rule.negated() ? " not" : "";
    if (minimum != null && minimum.equals(maximum)) {
      return label(rule.metric()) + not + " to be " + Numbers.plain(minimum) + unit;
    }
    String low =
        minimum == null
            ? ""
            : (rule.minimumExclusive() ? " above " : " at least ") + Numbers.plain(minimum) + unit;
    String high =
        maximum == null
            ? ""
            : (rule.maximumExclusive() ? " below " : " at most ") + Numbers.plain(maximum) + unit;
    return label(rule.metric())
        + not
        + low
        + (low.isEmpty() || high.isEmpty() ? "" : " and")
        + high;
  }
}
