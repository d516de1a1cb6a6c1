package dev.lockkeeper.activities.features;

import static dev.lockkeeper.engine.Sql.name;
import static dev.lockkeeper.engine.Sql.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.SplitUnit;
import dev.lockkeeper.engine.Sql;
import dev.lockkeeper.engine.TableAppender;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.features.RowSplit;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.stage.StageException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The two tables that a feature program makes of a data set.
 *
 * @param training Parquet: features and label
 * @param holdout Parquet: the contract's columns and the label
 * @param trainingRows rows to train on
 * @param holdoutRows rows held out
 * @param filteredRows rows that the filter left out
 * @param split how the rows were split
 * @param periods the first and the last time of each column of times, by its name
 */
record SplitTables(
    Path training,
    Path holdout,
    long trainingRows,
    long holdoutRows,
    long filteredRows,
    AppliedSplit split,
    ObjectNode periods) {

  private static final int FILTERED = 0;
  private static final int TRAINING = 1;
  private static final int HOLDOUT = 2;
  private static final int HEARTBEAT_ROWS = 50_000;

  /**
   * Writes both beside the source.
   *
   * @param engine open on the source's folder
   */
  static SplitTables write(
      DataEngine engine,
      Path source,
      FeatureProgram program,
      List<ColumnContract> columns,
      SplitSpecification split,
      Consumer<String> heartbeat)
      throws SQLException {
    String rows = "read_parquet(" + text(source.toString()) + ", file_row_number=true)";
    createTable(engine, program);
    List<String> names = columns.stream().map(ColumnContract::name).toList();
    Double heldOutFrom = SplitFindings.heldOutFrom(engine, rows, split);
    long keyless = fill(engine, rows, program, names, split, heldOutFrom, heartbeat);
    Path training = source.resolveSibling("training.parquet");
    Path holdout = source.resolveSibling("holdout.parquet");
    String label = name(program.labelName());
    String features =
        program.featureNames().stream().map(Sql::name).collect(Collectors.joining(", "));
    copy(
        engine,
        "SELECT " + features + ", " + label + " FROM decided WHERE _side = 1 ORDER BY _position",
        training);
    String all = columns.stream().map(c -> "s." + name(c.name())).collect(Collectors.joining(", "));
    copy(
        engine,
        "SELECT "
            + all
            + ", d."
            + label
            + " FROM "
            + rows
            + " s JOIN decided d ON s.file_row_number = d._position WHERE d._side = 2 ORDER BY"
            + " d._position",
        holdout);
    SplitTables tables =
        new SplitTables(
            training,
            holdout,
            rows(engine, TRAINING),
            rows(engine, HOLDOUT),
            rows(engine, FILTERED),
            SplitFindings.of(engine, rows, columns, split, heldOutFrom, keyless),
            periods(engine, rows, columns));
    tables.requireUsable(engine, program);
    return tables;
  }

  private static ObjectNode periods(DataEngine engine, String rows, List<ColumnContract> columns)
      throws SQLException {
    ObjectNode periods = Json.mapper().createObjectNode();
    for (ColumnContract column : columns) {
      if (column.type() == ColumnType.TIMESTAMP) {
        String name = name(column.name());
        engine.query(
            "SELECT min(" + name + ")::VARCHAR, max(" + name + ")::VARCHAR FROM " + rows,
            found ->
                found.next() && found.getString(1) != null
                    ? periods
                        .putObject(column.name())
                        .put("from", found.getString(1))
                        .put("to", found.getString(2))
                    : periods);
      }
    }
    return periods;
  }

  private static void createTable(DataEngine engine, FeatureProgram program) throws SQLException {
    String features =
        program.featureNames().stream()
            .map(f -> name(f) + " FLOAT")
            .collect(Collectors.joining(", "));
    engine.execute(
        "CREATE TABLE decided (_position BIGINT, _side INTEGER, "
            + features
            + ", "
            + name(program.labelName())
            + " INTEGER)");
  }

  /** Fills the table of decisions; returns how many rows that are kept have no key or no time. */
  private static long fill(
      DataEngine engine,
      String rows,
      FeatureProgram program,
      List<String> columns,
      SplitSpecification split,
      @Nullable Double heldOutFrom,
      Consumer<String> heartbeat)
      throws SQLException {
    String sql = query(rows, program.columns(), columns, split);
    RowSplit sides = new RowSplit(split, heldOutFrom);
    Decided decided =
        engine.query(sql, values -> decide(engine, values, program, sides, heartbeat));
    requireLabelled(program.labelName(), decided.unlabelled());
    return decided.keyless();
  }

  /**
   * What was found while the rows were decided.
   *
   * @param unlabelled in how many rows a column is missing for the label, by column
   * @param keyless rows that are kept and have no key or no time
   */
  private record Decided(Map<String, Long> unlabelled, long keyless) {}

  /** Appends each row's decision. */
  private static Decided decide(
      DataEngine engine,
      ResultSet values,
      FeatureProgram program,
      RowSplit sides,
      Consumer<String> heartbeat)
      throws SQLException {
    RowBuffer row = program.newRow();
    Map<String, Long> unlabelled = new TreeMap<>();
    long keyless = 0;
    float[] features = new float[program.featureNames().size()];
    List<InputColumn> inputs = program.columns();
    try (TableAppender appender = engine.append("decided")) {
      for (long position = 0; values.next(); position++) {
        read(values, inputs, row);
        boolean kept = program.keep(row);
        boolean heldOut =
            kept
                && sides.holdsOut(
                    values.getString(inputs.size() + 1), values.getDouble(inputs.size() + 2));
        keyless += kept && values.getBoolean(inputs.size() + 3) ? 1 : 0;
        InputColumn missing = kept ? program.missingForLabel(row) : null;
        if (missing != null) {
          unlabelled.merge(missing.name(), 1L, Long::sum);
        }
        program.compute(row, features);
        appender.beginRow();
        appender.append(position);
        appender.append(kept ? heldOut ? HOLDOUT : TRAINING : FILTERED);
        for (float feature : features) {
          appender.append(feature);
        }
        appender.append(program.label(row) ? 1 : 0);
        appender.endRow();
        if ((position + 1) % HEARTBEAT_ROWS == 0) {
          heartbeat.accept(position + 1 + " rows");
        }
      }
    }
    return new Decided(unlabelled, keyless);
  }

  /** A comparison with a missing value is false: such a row would be a negative that nobody saw. */
  private static void requireLabelled(String label, Map<String, Long> unlabelled) {
    if (!unlabelled.isEmpty()) {
      String column = unlabelled.keySet().iterator().next();
      throw new StageException(
          FailureType.LABEL_UNUSABLE,
          "label '"
              + label
              + "': what it reads is missing ("
              + unlabelled.entrySet().stream()
                  .map(e -> "column '" + e.getKey() + "' in " + e.getValue() + " rows")
                  .collect(Collectors.joining(", "))
              + "), so these rows have no label: leave them out with the filter (!missing("
              + column
              + ")) or say what a missing value stands for (coalesce, missing)");
    }
  }

  private static String query(
      String rows, List<InputColumn> inputs, List<String> columns, SplitSpecification split)
      throws SQLException {
    String values = inputs.stream().map(c -> value(c) + ", ").collect(Collectors.joining());
    return "SELECT "
        + values
        + SplitUnit.of(split.key(), columns)
        + ", "
        + SplitFindings.seconds(split.time())
        + ", "
        + SplitFindings.isUndecided(split)
        + " FROM "
        + rows
        + " ORDER BY file_row_number";
  }

  private static String value(InputColumn column) {
    String quoted = name(column.name());
    return switch (column.type()) {
      case STRING -> quoted;
      case TIMESTAMP -> "epoch(" + quoted + ")";
      case BOOLEAN -> "CAST(CAST(" + quoted + " AS INTEGER) AS DOUBLE)";
      case NUMBER, INTEGER -> "CAST(" + quoted + " AS DOUBLE)";
    };
  }

  private static void read(ResultSet values, List<InputColumn> inputs, RowBuffer row)
      throws SQLException {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).type() == ColumnType.STRING) {
        String value = values.getString(i + 1);
        row.setText(i, value == null ? "" : value);
      } else {
        double value = values.getDouble(i + 1);
        row.setNumber(i, values.wasNull() ? Double.NaN : value);
      }
    }
  }

  private static void copy(DataEngine engine, String select, Path target) throws SQLException {
    engine.execute(
        "COPY ("
            + select
            + ") TO "
            + text(target.toString())
            + " (FORMAT parquet, COMPRESSION zstd)");
  }

  private static long rows(DataEngine engine, int side) throws SQLException {
    return engine.count("SELECT count(*) FROM decided WHERE _side = " + side);
  }

  private void requireUsable(DataEngine engine, FeatureProgram program) throws SQLException {
    String label = name(program.labelName());
    for (int side : new int[] {TRAINING, HOLDOUT}) {
      String table = side == TRAINING ? "training rows" : "held-out rows";
      long all = rows(engine, side);
      long positive =
          engine.count(
              "SELECT count(*) FROM decided WHERE _side = " + side + " AND " + label + " = 1");
      if (positive == 0 || positive == all) {
        throw new StageException(
            FailureType.LABEL_UNUSABLE,
            "label '"
                + program.labelName()
                + "': "
                + positive
                + " of "
                + all
                + " "
                + table
                + " are positive ("
                + filteredRows
                + " rows were filtered out); a model needs both kinds on both sides:"
                + " check the label's expression, the filter and the split");
      }
    }
  }
}
