package dev.lockkeeper.engine;

import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Opens engines of one kind; found by {@link java.util.ServiceLoader}. A provider names itself in
 * {@code META-INF/services/dev.lockkeeper.engine.DataEngineProvider}.
 */
public interface DataEngineProvider {

  /** The name by which it is chosen, for instance {@code duckdb}. */
  String name();

  /** Which version it is, for the record of a training. */
  String version();

  /** Opens an engine that may read and write one folder. */
  DataEngine open(Path folder) throws SQLException;
}
