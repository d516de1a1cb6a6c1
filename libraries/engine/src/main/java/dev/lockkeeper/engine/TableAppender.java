package dev.lockkeeper.engine;

import java.sql.SQLException;

/** Appends rows to one table, value by value. They are there once it is closed. */
public interface TableAppender extends AutoCloseable {

  void beginRow() throws SQLException;

  void append(long value) throws SQLException;

  void append(int value) throws SQLException;

  void append(float value) throws SQLException;

  void endRow() throws SQLException;

  @Override
  void close() throws SQLException;
}
