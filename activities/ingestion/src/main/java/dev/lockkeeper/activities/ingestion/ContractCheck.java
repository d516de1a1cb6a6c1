package dev.lockkeeper.activities.ingestion;

import static dev.lockkeeper.engine.Sql.name;
import static dev.lockkeeper.engine.Sql.text;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.Sql;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.QualityRule;
import dev.lockkeeper.formats.ingestion.ValueLimits;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds a source table against its contract. Every broken rule is reported, not only the first. */
final class ContractCheck {

  private static final int EXAMPLES = 5;

  /** How programs write that there is no value. */
  private static final String MISSING =
      "'NA', 'N/A', '#N/A', 'NaN', 'nan', 'NULL', 'null', 'None', '<NA>', 'NaT', '-', '?'";

  private final DataEngine engine;
  private final SourceTable table;
  private final DataContract contract;
  private final List<ContractBreach> breaches = new ArrayList<>();

  ContractCheck(DataEngine engine, SourceTable table, DataContract contract) {
    this.engine = engine;
    this.table = table;
    this.contract = contract;
  }

  /**
   * Every broken rule.
   *
   * @param progress is told what is checked, a line at a time
   */
  List<ContractBreach> breaches(Consumer<String> progress) throws SQLException {
    List<String> known = contract.columns().stream().map(ColumnContract::name).toList();
    for (String column : table.columns()) {
      if (!known.contains(column)) {
        breaches.add(structure(column, "unknownColumn", "a column that the contract names"));
      }
    }
    for (ColumnContract column : contract.columns()) {
      progress.accept("checking column '" + column.name() + "' in " + table.rows() + " rows");
      if (table.columns().contains(column.name())) {
        check(column);
      } else {
        breaches.add(
            structure(column.name(), "missingColumn", "a column of type " + column.type()));
      }
    }
    QualityMetrics metrics = new QualityMetrics(engine, table, contract);
    for (QualityRule rule : contract.rules()) {
      ContractBreach breach = metrics.judge(rule);
      if (breach != null) {
        breaches.add(breach);
      }
    }
    return breaches;
  }

  private void check(ColumnContract column) throws SQLException {
    String quoted = name(column.name());
    values(column, "type", typeExpected(column), LogicalTypes.wrong(column));
    if (column.required()) {
      rows(column, "required", "a value in every row", quoted + " IS NULL");
    }
    if (column.unique()) {
      rows(column, "unique", "every value once", repeated(LogicalTypes.value(column)));
    }
    bound(column, "minimum", "at least ", column.minimum(), "<");
    bound(column, "maximum", "at most ", column.maximum(), ">");
    ValueLimits limits = column.limits();
    if (limits != null) {
      bound(column, "exclusiveMinimum", "above ", limits.exclusiveMinimum(), "<=");
      bound(column, "exclusiveMaximum", "below ", limits.exclusiveMaximum(), ">=");
      multiple(column, limits.multipleOf());
      length(column, "minLength", "at least ", limits.minLength(), "<");
      length(column, "maxLength", "at most ", limits.maxLength(), ">");
    }
    if (!column.allowedValues().isEmpty()) {
      values(
          column,
          "allowedValues",
          "one of " + column.allowedValues(),
          outside(column, column.allowedValues()));
    }
    String pattern = column.pattern();
    if (pattern != null) {
      values(column, "pattern", "a match of " + pattern, mismatch(column, pattern));
    }
  }

  static String outside(ColumnContract column, List<String> allowed) {
    String quoted = name(column.name());
    if (column.type() == ColumnType.NUMBER || column.type() == ColumnType.INTEGER) {
      return LogicalTypes.number(column)
          + " NOT IN (SELECT CAST(v AS DOUBLE) FROM (VALUES "
          + allowed.stream().map(v -> "(" + text(v) + ")").collect(Collectors.joining(", "))
          + ") t(v))";
    }
    String values = allowed.stream().map(Sql::text).collect(Collectors.joining(", "));
    return quoted + " NOT IN (" + values + ")";
  }

  /** True of the rows whose known value another row has too. */
  static String repeated(String value) {
    return value
        + " IN (SELECT "
        + value
        + " FROM source WHERE "
        + value
        + " IS NOT NULL GROUP BY 1 HAVING count(*) > 1)";
  }

  static String mismatch(ColumnContract column, String pattern) {
    return "NOT regexp_full_match(" + name(column.name()) + ", " + text(pattern) + ")";
  }

  private void bound(
      ColumnContract column, String rule, String words, @Nullable Double bound, String operator)
      throws SQLException {
    if (bound != null) {
      String shown =
          column.type() == ColumnType.TIMESTAMP
              ? Instant.ofEpochMilli(Math.round(bound * 1000)).toString()
              : Numbers.plain(bound);
      rows(
          column,
          rule,
          words + shown,
          LogicalTypes.number(column) + " " + operator + " CAST(" + bound + " AS DOUBLE)");
    }
  }

  /** The tolerance is a billionth of the step: 0.3 is a multiple of 0.1. */
  private void multiple(ColumnContract column, @Nullable Double step) throws SQLException {
    if (step != null) {
      String steps = "(" + LogicalTypes.number(column) + " / CAST(" + step + " AS DOUBLE))";
      rows(
          column,
          "multipleOf",
          "a multiple of " + Numbers.plain(step),
          "abs(" + steps + " - round(" + steps + ")) > 1e-9");
    }
  }

  private void length(
      ColumnContract column, String rule, String words, @Nullable Integer bound, String operator)
      throws SQLException {
    if (bound != null) {
      rows(
          column,
          rule,
          words + bound + " characters",
          "length(" + name(column.name()) + ") " + operator + " " + bound);
    }
  }

  /** Rows whose value is another kind of value, with what may have made it so. */
  private void values(ColumnContract column, String rule, String expected, String broken)
      throws SQLException {
    if (engine.count("SELECT count(*) FROM source WHERE " + broken) > 0) {
      rows(column, rule, expected + hint(column, broken), broken);
    }
  }

  private void rows(ColumnContract column, String rule, String expected, String broken)
      throws SQLException {
    long count = engine.count("SELECT count(*) FROM source WHERE " + broken);
    if (count > 0) {
      List<String> examples = examples(engine, table, column.name(), broken);
      breaches.add(
          new ContractBreach(column.name(), rule, expected, count, table.rows(), examples));
    }
  }

  static List<String> examples(DataEngine engine, SourceTable table, String column, String broken)
      throws SQLException {
    return engine.query(
        "SELECT "
            + name(SourceTable.ROW)
            + ", left("
            + name(column)
            + ", 60) FROM source WHERE "
            + broken
            + " ORDER BY 1 LIMIT "
            + EXAMPLES,
        rows -> {
          List<String> examples = new ArrayList<>();
          while (rows.next()) {
            String value = rows.getString(2);
            examples.add(
                table.place(rows.getLong(1))
                    + ": "
                    + (value == null ? "missing" : "'" + value + "'"));
          }
          return examples;
        });
  }

  private String typeExpected(ColumnContract column) throws SQLException {
    return switch (column.type()) {
      case STRING -> "a string";
      case NUMBER -> "a number";
      case INTEGER -> "an integer (digits only, no decimal point, within 64 bits)";
      case BOOLEAN -> "true or false";
      case TIMESTAMP -> "a timestamp such as " + exampleTime(column.limits());
    };
  }

  /** What the program that wrote the file probably did. */
  private String hint(ColumnContract column, String wrong) throws SQLException {
    String written = "SELECT count(*) FROM source WHERE " + wrong + " AND ";
    String value = name(column.name());
    String hint = "";
    boolean whole = column.type() == ColumnType.INTEGER || column.type() == ColumnType.STRING;
    if (whole && engine.count(written + "regexp_full_match(" + value + ", '-?[0-9]+[.]0+')") > 0) {
      hint =
          " (pandas writes integers with a point where one is missing: write the column as Int64"
              + (column.type() == ColumnType.INTEGER ? ", or call it a number)" : ")");
    }
    if (engine.count(written + value + " IN (" + MISSING + ")") > 0) {
      hint += " (a word that stands for a missing value is listed in source.missing)";
    }
    return hint;
  }

  private String exampleTime(@Nullable ValueLimits limits) throws SQLException {
    String format = limits == null ? null : limits.timeFormat();
    return engine.query(
        "SELECT strftime(TIMESTAMP '2019-02-27 15:48:06', "
            + text(format == null ? "%Y-%m-%d %H:%M:%S" : format)
            + ")",
        example -> {
          example.next();
          return example.getString(1);
        });
  }

  private ContractBreach structure(String column, String rule, String expected) {
    return new ContractBreach(column, rule, expected, table.rows(), table.rows(), List.of());
  }
}
