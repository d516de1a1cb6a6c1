package dev.lockkeeper.engine;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB, locked down: it reaches one folder and nothing else, on one thread, so that the same
 * input gives the same bytes. Every setting is read back; an engine that kept none of its limits is
 * not used.
 */
final class DuckDbEngine implements DataEngine {

  private static final List<String> LIMITS =
      List.of(
          "threads=1",
          "memory_limit='2GB'",
          "preserve_insertion_order=true",
          "autoinstall_known_extensions=false",
          "autoload_known_extensions=false",
          "enable_external_access=false",
          "lock_configuration=true");

  private final DuckDBConnection connection;

  private DuckDbEngine(DuckDBConnection connection) {
    this.connection = connection;
  }

  static DuckDbEngine open(Path folder) throws SQLException {
    DuckDBConnection connection =
        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    DuckDbEngine engine = new DuckDbEngine(connection);
    try {
      engine.execute("SET temp_directory=" + Sql.text(folder.resolve("spill").toString()));
      engine.execute("SET allowed_directories=[" + Sql.text(folder.toString()) + "]");
      for (String limit : LIMITS) {
        engine.execute("SET " + limit);
      }
      engine.requireSetting("enable_external_access", "false");
      engine.requireSetting("lock_configuration", "true");
      engine.requireSetting("threads", "1");
      return engine;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw EngineShortage.classified(e);
    }
  }

  @Override
  public <T> T query(String sql, RowReader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return reader.read(rows);
    } catch (SQLException e) {
      throw EngineShortage.classified(e);
    }
  }

  @Override
  public TableAppender append(String table) throws SQLException {
    return new DuckDbAppender(connection.createAppender("main", table));
  }

  private void requireSetting(String setting, String expected) throws SQLException {
    String kept =
        query(
            "SELECT current_setting('" + setting + "')::VARCHAR",
            rows -> rows.next() ? rows.getString(1) : "nothing");
    if (!expected.equals(kept)) {
      throw new IllegalStateException(
          "the query engine did not keep " + setting + "=" + expected + ": it is not used");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private record DuckDbAppender(DuckDBAppender appender) implements TableAppender {

    @Override
    public void beginRow() throws SQLException {
      appender.beginRow();
    }

    @Override
    public void append(long value) throws SQLException {
      appender.append(value);
    }

    @Override
    public void append(int value) throws SQLException {
      appender.append(value);
    }

    @Override
    public void append(float value) throws SQLException {
      appender.append(value);
    }

    @Override
    public void endRow() throws SQLException {
      try {
        appender.endRow();
      } catch (SQLException e) {
        throw EngineShortage.classified(e);
      }
    }

    @Override
    public void close() throws SQLException {
      try {
        appender.close();
      } catch (SQLException e) {
        throw EngineShortage.classified(e);
      }
    }
  }
}
