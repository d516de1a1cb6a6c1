package dev.lockkeeper.activities.ingestion;

import static dev.lockkeeper.engine.Sql.name;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data file as ingestion reads it, without a run: what it contains, and what a contract says of
 * it.
 */
public final class SourceProfile implements AutoCloseable {

  private static final List<ColumnType> NARROWEST =
      List.of(ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.BOOLEAN, ColumnType.TIMESTAMP);

  private static final DataContract NOTHING =
      new DataContract("none", "0", "none", "0".repeat(64), List.of(), List.of());

  private final DataEngine engine;
  private final SourceTable table;
  private final SourceSpecification source;

  private SourceProfile(DataEngine engine, SourceTable table, SourceSpecification source) {
    this.engine = engine;
    this.table = table;
    this.source = source;
  }

  /**
   * Reads a file.
   *
   * @param folder where the engine may spill and write
   * @param contract whose columns it is read for; null if there is none yet
   * @throws StageException {@code SOURCE_NOT_FOUND} or {@code SOURCE_UNREADABLE} with the reason
   */
  public static SourceProfile read(
      DataEngineProvider engines,
      SourceSpecification source,
      @Nullable DataContract contract,
      Path folder)
      throws IOException {
    // The engine reads its own folder and nothing else.
    Path copy = Files.copy(SourceFile.require(source), folder.resolve("source"));
    try {
      return read(engines.open(folder), copy, source, contract == null ? NOTHING : contract);
    } catch (SQLException e) {
      throw unreadable(source, e);
    }
  }

  private static SourceProfile read(
      DataEngine engine, Path copy, SourceSpecification source, DataContract contract)
      throws SQLException, IOException {
    try {
      return new SourceProfile(engine, SourceTable.load(engine, copy, source, contract), source);
    } catch (SQLException | IOException | StageException e) {
      engine.close();
      throw e;
    }
  }

  /** How many rows it has. */
  public long rows() {
    return table.rows();
  }

  /** Its columns in order. */
  public List<ColumnProfile> columns() {
    try {
      List<ColumnProfile> columns = new ArrayList<>();
      for (String column : table.columns()) {
        columns.add(column(column));
      }
      return columns;
    } catch (SQLException e) {
      throw unreadable(source, e);
    }
  }

  /** Every rule of a contract that it breaks. */
  public List<ContractBreach> breaches(DataContract contract) {
    try {
      return new ContractCheck(engine, table, contract).breaches(progress -> {});
    } catch (SQLException e) {
      throw unreadable(source, e);
    }
  }

  /**
   * Rows spread over the file, in order, each with its values as strings in the order of the
   * columns asked for; an empty string is a missing value.
   *
   * @param most at most so many
   */
  public List<String[]> sample(List<String> columns, int most) {
    long step = Math.max(1, table.rows() / most);
    StringBuilder list = new StringBuilder();
    for (String column : columns) {
      list.append(list.isEmpty() ? "" : ", ").append(name(column));
    }
    String row = name(SourceTable.ROW);
    try {
      return engine.query(
          "SELECT "
              + list
              + " FROM source WHERE "
              + row
              + " % "
              + step
              + " = 0 ORDER BY "
              + row
              + " LIMIT "
              + most,
          read -> {
            List<String[]> rows = new ArrayList<>();
            while (read.next()) {
              String[] values = new String[columns.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = Objects.requireNonNullElse(read.getString(i + 1), "");
              }
              rows.add(values);
            }
            return rows;
          });
    } catch (SQLException e) {
      throw unreadable(source, e);
    }
  }

  private ColumnProfile column(String column) throws SQLException {
    String quoted = name(column);
    long known = engine.count("SELECT count(" + quoted + ") FROM source");
    long distinct = engine.count("SELECT count(DISTINCT " + quoted + ") FROM source");
    List<String> values =
        distinct > ColumnProfile.MOST_VALUES
            ? List.of()
            : strings(
                "SELECT DISTINCT "
                    + quoted
                    + " FROM source WHERE "
                    + quoted
                    + " IS NOT NULL ORDER BY 1");
    List<String> rarest =
        values.isEmpty()
            ? List.of()
            : strings(
                "SELECT "
                    + quoted
                    + " FROM source WHERE "
                    + quoted
                    + " IS NOT NULL GROUP BY 1 ORDER BY count(*), 1 LIMIT 1");
    return new ColumnProfile(
        column,
        type(column, known),
        table.rows() - known,
        distinct,
        values,
        rarest.isEmpty() ? "" : rarest.get(0));
  }

  private ColumnType type(String column, long known) throws SQLException {
    // A number that begins with a zero is a code.
    if (known == 0 || any("regexp_full_match(" + name(column) + ", '[+-]?0[0-9]+')")) {
      return ColumnType.STRING;
    }
    for (ColumnType type : NARROWEST) {
      ColumnContract tried =
          new ColumnContract(column, type, false, false, null, null, List.of(), null, null);
      if (!any(LogicalTypes.wrong(tried))) {
        return type;
      }
    }
    return ColumnType.STRING;
  }

  private boolean any(String condition) throws SQLException {
    return engine.count("SELECT count(*) FROM source WHERE " + condition) > 0;
  }

  private List<String> strings(String query) throws SQLException {
    return engine.query(
        query,
        rows -> {
          List<String> strings = new ArrayList<>();
          while (rows.next()) {
            strings.add(rows.getString(1));
          }
          return strings;
        });
  }

  private static StageException unreadable(SourceSpecification source, SQLException cause) {
    return new StageException(
        FailureType.SOURCE_UNREADABLE,
        source.path() + " cannot be read: " + cause.getMessage(),
        cause);
  }

  @Override
  public void close() throws SQLException {
    engine.close();
  }
}
