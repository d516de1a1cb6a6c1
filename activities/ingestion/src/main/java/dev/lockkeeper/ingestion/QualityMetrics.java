package dev.lockkeeper.ingestion;

import static dev.lockkeeper.stage.QueryEngine.name;

import dev.lockkeeper.contracts.ingestion.ColumnContract;
import dev.lockkeeper.contracts.ingestion.ContractBreach;
import dev.lockkeeper.contracts.ingestion.DataContract;
import dev.lockkeeper.contracts.ingestion.QualityMetric;
import dev.lockkeeper.contracts.ingestion.QualityRule;
import dev.lockkeeper.stage.QueryEngine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes the library metrics of ODCS v3.1 and holds them against their bounds. */
final class QualityMetrics {

  private final QueryEngine engine;
  private final SourceTable table;
  private final DataContract contract;

  QualityMetrics(QueryEngine engine, SourceTable table, DataContract contract) {
    this.engine = engine;
    this.table = table;
    this.contract = contract;
  }

  /**
   * The breach of a rule; null if it holds, or if its column is missing (which is a breach of its
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
            && (value < rule.minimum() || rule.minimumExclusive() && value == rule.minimum());
    boolean high =
        rule.maximum() != null
            && (value > rule.maximum() || rule.maximumExclusive() && value == rule.maximum());
    if (!low && !high) {
      return null;
    }
    String unit = rule.percent() ? " %" : " rows";
    List<String> examples = new ArrayList<>();
    examples.add("found " + Numbers.plain(value) + unit);
    long differing = count;
    if (column != null) {
      String wanted = counted(rule.metric(), column);
      String broken = low ? "NOT coalesce(" + wanted + ", false)" : wanted;
      differing = low ? table.rows() - count : count;
      examples.addAll(ContractCheck.examples(engine, table, column, broken));
    }
    return new ContractBreach(
        Objects.requireNonNullElse(column, ""),
        rule.name(),
        expected(rule, unit),
        differing,
        table.rows(),
        examples.subList(0, Math.min(5, examples.size())));
  }

  private long count(QualityRule rule) throws SQLException {
    String column = rule.column();
    if (rule.metric() == QualityMetric.ROW_COUNT || column == null) {
      return rule.metric() == QualityMetric.DUPLICATE_VALUES ? duplicateRows() : table.rows();
    }
    return engine.count("SELECT count(*) FROM source WHERE " + counted(rule.metric(), column));
  }

  private long duplicateRows() throws SQLException {
    return engine.count(
        "SELECT (SELECT count(*) FROM source) - (SELECT count(*) FROM (SELECT DISTINCT * EXCLUDE ("
            + name(SourceTable.LINE)
            + ") FROM source))");
  }

  private String counted(QualityMetric metric, String column) {
    String quoted = name(column);
    return switch (metric) {
      case NULL_VALUES, MISSING_VALUES -> quoted + " IS NULL";
      case DUPLICATE_VALUES ->
          quoted
              + " IN (SELECT "
              + quoted
              + " FROM source WHERE "
              + quoted
              + " IS NOT NULL GROUP BY "
              + quoted
              + " HAVING count(*) > 1)";
      case INVALID_VALUES -> invalid(column);
      case ROW_COUNT -> "true";
    };
  }

  private String invalid(String column) {
    ColumnContract known =
        contract.columns().stream().filter(c -> c.name().equals(column)).findFirst().orElseThrow();
    List<String> wrong = new ArrayList<>(List.of(LogicalTypes.wrong(known)));
    if (!known.allowedValues().isEmpty()) {
      wrong.add(ContractCheck.outside(known));
    }
    if (known.pattern() != null) {
      wrong.add(ContractCheck.mismatch(known));
    }
    return "((" + String.join(") OR (", wrong) + "))";
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
    if (minimum != null && minimum.equals(maximum)) {
      return label(rule.metric()) + " to be " + Numbers.plain(minimum) + unit;
    }
    String low =
        minimum == null
            ? ""
            : (rule.minimumExclusive() ? " above " : " at least ") + Numbers.plain(minimum) + unit;
    String high =
        maximum == null
            ? ""
            : (rule.maximumExclusive() ? " below " : " at most ") + Numbers.plain(maximum) + unit;
    return label(rule.metric()) + low + (low.isEmpty() || high.isEmpty() ? "" : " and") + high;
  }
}
