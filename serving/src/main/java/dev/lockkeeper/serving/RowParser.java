package dev.lockkeeper.serving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** Whether a model reads a column. */
  static boolean reads(ServedModel model, String name) {
    return model.program().inputColumns().stream().anyMatch(c -> c.name().equals(name));
  }

  private static void fill(
      Map<String, JsonNode> columns,
      InputColumn input,
      int index,
      ServedModel model,
      List<RowBuffer> rows) {
    JsonNode data = columns.get(input.name());
    boolean required = required(model, input.name());
    if (data == null) {
      if (required) {
        throw new BadRequestException(
            "input '" + input.name() + "' is missing: version " + model.version() + " requires it");
      }
      return;
    }
    for (int row = 0; row < rows.size(); row++) {
      JsonNode value = data.path(row);
      if (required && value.isNull()) {
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

  private static void set(RowBuffer row, int index, InputColumn input, JsonNode value) {
    if (value.isNull()) {
      row.set(index, null);
    } else if (value.isTextual()) {
      row.set(index, value.textValue());
    } else if (value.isBoolean() && input.type() == ColumnType.BOOLEAN) {
      row.set(index, value.booleanValue() ? 1 : 0);
    } else if (value.isNumber() && input.type() != ColumnType.STRING) {
      row.set(index, value.doubleValue());
    } else {
      throw new IllegalArgumentException(
          "column '" + input.name() + "': " + value + " is no " + plain(input.type()));
    }
  }

  private static String plain(ColumnType type) {
    return type == ColumnType.STRING ? "text" : type.name().toLowerCase(Locale.ROOT);
  }

  private static boolean required(ServedModel model, String name) {
    return model.verified().contract().inputs().stream()
        .filter(c -> c.name().equals(name))
        .anyMatch(ColumnContract::required);
  }
}
