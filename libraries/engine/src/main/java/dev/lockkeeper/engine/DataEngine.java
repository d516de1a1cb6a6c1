package dev.lockkeeper.engine;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An SQL engine in this process, open on one folder: it reads and writes files there and reaches
 * nothing else. The same statements on the same files give the same bytes. One thread uses it.
 *
 * <p>Its SQL is DuckDB's, with {@code read_parquet}, {@code read_csv}, {@code read_ndjson_objects}
 * and {@code COPY … TO}. All methods throw {@link SQLException}, and {@link
 * java.sql.SQLTransientException} where memory or the folder is full or cannot be written: neither
 * the data nor the statement is at fault then.
 *
 * <p>An implementation is found by the name of its provider ({@link DataEngines}) and keeps {@code
 * DataEngineContract}.
 */
public interface DataEngine extends AutoCloseable {

  /** Takes what it needs from rows, which are gone when it returns. */
  @FunctionalInterface
  interface RowReader<T> {

    /**
     * @param rows before the first row
     */
    T read(ResultSet rows) throws SQLException;
  }

  /** Runs one statement without a result. */
  void execute(String sql) throws SQLException;

  /** Runs one statement and reads its rows. The reader may append to tables meanwhile. */
  <T> T query(String sql, RowReader<T> reader) throws SQLException;

  /** Opens a table for many rows, in the order of its columns. */
  TableAppender append(String table) throws SQLException;

  /** One integer. */
  default long count(String sql) throws SQLException {
    return query(
        sql,
        rows -> {
          rows.next();
          return rows.getLong(1);
        });
  }

  @Override
  void close() throws SQLException;
}
