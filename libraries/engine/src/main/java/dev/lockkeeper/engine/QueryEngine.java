package dev.lockkeeper.engine;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB, embedded and locked down: it reaches one folder and nothing else, on one thread, so that
 * the same input gives the same bytes. Every setting is read back; an engine that kept none of its
 * limits is not used.
 */
public final class QueryEngine implements AutoCloseable {

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

  private QueryEngine(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Opens an engine that may read and write one folder. */
  public static QueryEngine open(Path folder) throws SQLException {
    DuckDBConnection connection =
        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    QueryEngine engine = new QueryEngine(connection);
    try {
      engine.execute("SET temp_directory=" + text(folder.resolve("spill").toString()));
      engine.execute("SET allowed_directories=[" + text(folder.toString()) + "]");
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

  /**
   * The failure of a statement, which is a {@link java.sql.SQLTransientException} where memory or
   * the folder is full or cannot be written: neither the data nor the query is at fault then.
   */
  public static SQLException classified(SQLException e) {
    return EngineShortage.classified(e);
  }

  /** The connection, for statements with results and for the appender. One statement a query. */
  public DuckDBConnection connection() {
    return connection;
  }

  /** Runs one statement without a result. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One number. */
  public long count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** A text as an SQL literal. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A name as an SQL identifier. */
  public static String name(String value) {
    return '"' + value.replace("\"", "\"\"") + '"';
  }

  private void requireSetting(String setting, String expected) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT current_setting('" + setting + "')::VARCHAR")) {
      rows.next();
      if (!expected.equals(rows.getString(1))) {
        throw new IllegalStateException(
            "the query engine did not keep " + setting + "=" + expected + ": it is not used");
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
