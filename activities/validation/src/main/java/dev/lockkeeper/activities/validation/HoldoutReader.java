package dev.lockkeeper.activities.validation;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.SplitUnit;
import dev.lockkeeper.engine.Sql;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowSplit;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the hold-out's Parquet file. */
final class HoldoutReader {

  private final DataEngine engine;
  private final Path parquet;
  private final Map<String, String> types;
  private final Map<String, InputColumn> wanted = new LinkedHashMap<>();

  private HoldoutReader(DataEngine engine, Path parquet, Map<String, String> types) {
    this.engine = engine;
    this.parquet = parquet;
    this.types = types;
  }

  /** Opens a file and learns its columns. */
  static HoldoutReader open(DataEngine engine, Path parquet) throws SQLException {
    return engine.query(
        "DESCRIBE SELECT * FROM " + file(parquet),
        rows -> {
          Map<String, String> types = new LinkedHashMap<>();
          while (rows.next()) {
            types.put(rows.getString("column_name"), rows.getString("column_type"));
          }
          return new HoldoutReader(engine, parquet, types);
        });
  }

  /**
   * Asks for the columns that a program reads.
   *
   * @param who whose program it is, for the message
   * @throws SpecificationException if the hold-out has no such column, or one of another type
   */
  HoldoutReader want(List<InputColumn> inputs, String who) {
    for (InputColumn input : inputs) {
      String type = types.get(input.name());
      if (type == null) {
        throw new SpecificationException(
            who
                + " reads column '"
                + input.name()
                + "', which the hold-out of this run does not have: keep the column in the data"
                + " contract, so that both models are measured on the same rows");
      }
      boolean isText = type.equals("VARCHAR");
      if (isText != (input.type() == ColumnType.STRING)) {
        throw new SpecificationException(
            who
                + " reads column '"
                + input.name()
                + "' as "
                + input.type().name().toLowerCase(java.util.Locale.ROOT)
                + ", but the hold-out of this run has it as "
                + type
                + ": keep its type in the data contract");
      }
      wanted.putIfAbsent(input.name(), input);
    }
    return this;
  }

  /**
   * Reads all rows.
   *
   * @param labelName the label's column
   * @param groupColumn a column to read as text too; null for none
   * @param split how the rows were split, which says what belongs together; null if it is not known
   * @param stableSplit how the stable version's rows were split; null if it is not known
   */
  HoldoutTable read(
      String labelName,
      @Nullable String groupColumn,
      @Nullable AppliedSplit split,
      @Nullable AppliedSplit stableSplit)
      throws SQLException {
    if (groupColumn != null && !types.containsKey(groupColumn)) {
      throw new SpecificationException(
          "the fairness gate is on column '"
              + groupColumn
              + "', which the hold-out does not have; its columns are "
              + types.keySet());
    }
    List<InputColumn> inputs = List.copyOf(wanted.values());
    List<String> terms = new ArrayList<>();
    terms.add(Sql.name(labelName) + " = 1");
    inputs.forEach(input -> terms.add(term(input)));
    terms.add(groupColumn == null ? "''" : "coalesce(" + Sql.name(groupColumn) + "::VARCHAR, '')");
    terms.add(
        split == null ? "''" : "md5(" + SplitUnit.of(split.split().key(), split.columns()) + ")");
    StableSides sides = StableSides.of(stableSplit, split, types.keySet());
    terms.addAll(sides.terms(types.keySet()));
    String from = " FROM " + file(parquet);
    int count = Math.toIntExact(engine.count("SELECT count(*)" + from));
    return engine.query(
        "SELECT " + String.join(", ", terms) + from,
        rows -> table(inputs, groupColumn, split != null, sides, rows, count));
  }

  private HoldoutTable table(
      List<InputColumn> inputs,
      @Nullable String groupColumn,
      boolean hasUnits,
      StableSides sides,
      ResultSet rows,
      int count)
      throws SQLException {
    boolean[] labels = new boolean[count];
    double[][] numbers = new double[inputs.size()][];
    String[][] texts = new String[inputs.size()][];
    String[] groups = new String[count];
    String[] keys = new String[count];
    boolean[] heldOutByStable = new boolean[count];
    RowSplit stableSplit = sides.sides();
    Map<String, double[]> numberColumns = new HashMap<>();
    Map<String, String[]> textColumns = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).type() == ColumnType.STRING) {
        texts[i] = new String[count];
        textColumns.put(inputs.get(i).name(), texts[i]);
      } else {
        numbers[i] = new double[count];
        numberColumns.put(inputs.get(i).name(), numbers[i]);
      }
    }
    for (int row = 0; row < count && rows.next(); row++) {
      labels[row] = rows.getBoolean(1);
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).type() == ColumnType.STRING) {
          texts[i][row] = rows.getString(i + 2);
        } else {
          numbers[i][row] = rows.getDouble(i + 2);
        }
      }
      groups[row] = rows.getString(inputs.size() + 2);
      keys[row] = rows.getString(inputs.size() + 3);
      heldOutByStable[row] = sides.heldOut(stableSplit, rows, inputs.size() + 4);
    }
    if (groupColumn != null) {
      textColumns.put(groupColumn, groups);
    }
    RowUnits units = hasUnits ? RowUnits.of(keys) : RowUnits.eachRow(count);
    return new HoldoutTable(
        types.keySet(), units, heldOutByStable, labels, numberColumns, textColumns);
  }

  private static String term(InputColumn input) {
    String name = Sql.name(input.name());
    return switch (input.type()) {
      case STRING -> "coalesce(" + name + ", '')";
      case TIMESTAMP -> "coalesce(epoch(" + name + "), 'NaN'::DOUBLE)";
      case BOOLEAN, INTEGER, NUMBER -> "coalesce(" + name + "::DOUBLE, 'NaN'::DOUBLE)";
    };
  }

  private static String file(Path path) {
    return "read_parquet(" + Sql.text(path.toString()) + ")";
  }
}
