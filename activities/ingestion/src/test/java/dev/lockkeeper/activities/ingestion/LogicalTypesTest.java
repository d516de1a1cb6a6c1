package dev.lockkeeper.activities.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.engine.Sql;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A string means the same value in a training table and in a request to the gateway. */
class LogicalTypesTest {

  private static final Map<ColumnType, List<String>> VALUES =
      Map.of(
          ColumnType.NUMBER,
          List.of("12", "-0", "+1", "007", ".5", "5.", "1e5", "-2.5E-3", "9007199254740993"),
          ColumnType.INTEGER,
          List.of("0", "+1", "-7", "007", "-0", "9223372036854775807"),
          ColumnType.TIMESTAMP,
          List.of(
              "2019-02-07",
              "2019-02-07 15:48",
              "2019-02-07T15:48:06",
              "2019-02-07 15:48:06Z",
              "2019-02-07 15:48:06.123456",
              "2019-02-07 15:48:06.123456789",
              "1969-12-31 23:59:59.999999999",
              "2020-02-29 23:59:59",
              "0001-01-01",
              "1549554486",
              "1549554486.1234567",
              "999999999999",
              "-0",
              "-1.5"));

  private static final Map<ColumnType, List<String>> NONE =
      Map.of(
          ColumnType.NUMBER,
          List.of(
              "1_000", "1,000", " 12 ", "12\t", "0x1F", "1d", "1e", "1e400", "inf", "nan",
              "\u0661"),
          ColumnType.INTEGER,
          List.of("2.0", "1e5", "1_000", " 1", "9223372036854775808", "\u0661", "--1", "true"),
          ColumnType.BOOLEAN,
          List.of("yes", "t", " true", "2", "1.0"),
          ColumnType.TIMESTAMP,
          List.of(
              "infinity",
              "-infinity",
              "epoch",
              "19-02-07",
              "2019-2-7",
              "2019/02/07",
              "2019-02-30",
              "2019-02-07 (BC)",
              "2019-02-07 24:00:00",
              "2019-02-07 15:48:06 UTC",
              "2019-02-07 15",
              " 2019-02-07",
              "99999-01-01",
              "+2019-02-07",
              "1549554486000",
              "+1549554486",
              "1.549554486e9",
              ".5",
              "5.",
              "2019-02-07T15:48:06+02:00",
              "2019-02-07T15:48:06-05:00",
              "2019-02-07T15:48:06+00:00",
              "2019-02-07T15:48:06z",
              "2019-02-07t15:48:06",
              "2019-02-07 15:48:06.",
              "2019-02-07 15:48:60",
              "2019-02-07 15:60:00",
              "2019-02-07Z"));

  @TempDir Path folder;

  @Test
  void texts_areTheValuesThatTheGatewayReads() throws SQLException {
    for (ColumnType type : VALUES.keySet()) {
      for (String text : VALUES.get(type)) {
        assertEquals(served(type, text), trained(type, text), type + " '" + text + "'");
      }
    }
  }

  @Test
  void textsThatAreNoValue_areNoneForTheGatewayEither() throws SQLException {
    for (ColumnType type : NONE.keySet()) {
      for (String text : NONE.get(type)) {
        assertEquals("wrong", trained(type, text), type + " '" + text + "'");
        assertEquals("wrong", served(type, text), type + " '" + text + "'");
      }
    }
  }

  private String trained(ColumnType type, String text) throws SQLException {
    ColumnContract column = column(type);
    String value =
        type == ColumnType.TIMESTAMP
            ? LogicalTypes.number(column)
            : "CAST(" + LogicalTypes.value(column) + " AS DOUBLE)";
    try (DataEngine engine = DataEngines.named("duckdb").open(folder)) {
      return engine.query(
          "SELECT "
              + LogicalTypes.wrong(column)
              + ", "
              + value
              + " FROM (SELECT "
              + Sql.text(text)
              + " AS v) source",
          row -> {
            row.next();
            return row.getBoolean(1) ? "wrong" : String.valueOf(row.getDouble(2));
          });
    }
  }

  private static String served(ColumnType type, String text) {
    RowBuffer row =
        FeatureCompiler.compile(
                new FeatureSetSpecification(
                    "1",
                    null,
                    List.of(new FeatureSpecification("f", "missing(v)")),
                    new LabelSpecification("l", "missing(v)")),
                List.of(column(type)))
            .newRow();
    try {
      row.set(0, text);
      return String.valueOf(row.number(0));
    } catch (IllegalArgumentException e) {
      return "wrong";
    }
  }

  private static ColumnContract column(ColumnType type) {
    return new ColumnContract("v", type, false, false, null, null, List.of(), null, null);
  }
}
