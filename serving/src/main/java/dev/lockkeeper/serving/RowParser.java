package dev.lockkeeper.serving;

import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns a request's columns into rows of one model's feature program. */
final class RowParser {

  private RowParser() {}

  /**
   * The rows of a request for a model.
   *
   * @throws BadRequestException if a required column is missing or a value is of another type
   */
  static List<RowBuffer> rows(InferenceRequest request, ServedModel model) {
    FeatureProgram program = model.program();
    List<RowBuffer> rows = new ArrayList<>(request.rows());
    for (int i = 0; i < request.rows(); i++) {
      rows.add(program.newRow());
    }
    List<InputColumn> inputs = program.inputColumns();
    for (int column = 0; column < inputs.size(); column++) {
      fill(request.columns(), inputs.get(column), column, model, rows);
    }
    return rows;
  }

  private static void fill(
      Map<String, List<Value>> columns,
      InputColumn input,
      int index,
      ServedModel model,
      List<RowBuffer> rows) {
    List<Value> data = columns.get(input.name());
    boolean required = model.requires(input.name());
    if (data == null) {
      if (required) {
        throw new BadRequestException(
            "input '" + input.name() + "' is missing: version " + model.version() + " requires it");
      }
      return;
    }
    for (int row = 0; row < rows.size(); row++) {
      Value value = data.get(row);
      if (required && value instanceof Value.Missing) {
        throw new BadRequestException(
            "row "
                + row
                + ", column '"
                + input.name()
                + "': null, but version "
                + model.version()
                + " requires a value");
      }
      try {
        set(rows.get(row), index, input, value);
      } catch (IllegalArgumentException e) {
        throw new BadRequestException("row " + row + ", " + e.getMessage(), e);
      }
    }
  }

  private static void set(RowBuffer row, int index, InputColumn input, Value value) {
    if (value instanceof Value.Missing) {
      row.set(index, null);
    } else if (value instanceof Value.Text text) {
      row.set(index, text.text());
    } else if (value instanceof Value.Bool bool && input.type() == ColumnType.BOOLEAN) {
      row.set(index, bool.value() ? 1 : 0);
    } else if (value instanceof Value.Numeric numeric && input.type() != ColumnType.STRING) {
      row.set(index, numeric.number().doubleValue());
    } else {
      throw new IllegalArgumentException(
          "column '" + input.name() + "': " + written(value) + " is not " + input.typeName());
    }
  }

  private static String written(Value value) {
    if (value instanceof Value.Bool bool) {
      return String.valueOf(bool.value());
    }
    if (value instanceof Value.Numeric numeric) {
      return numeric.number().toString();
    }
    return value instanceof Value.Unusable unusable ? unusable.written() : "null";
  }
}
