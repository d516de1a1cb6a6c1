package dev.lockkeeper.engine;

import java.nio.file.Path;
import java.sql.SQLException;
import org.duckdb.DuckDBDriver;

/** {@code duckdb}: DuckDB in this process. */
public final class DuckDbEngineProvider implements DataEngineProvider {

  @Override
  public String name() {
    return "duckdb";
  }

  /** The name of DuckDB's archive. */
  @Override
  public String version() {
    String place = DuckDBDriver.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return place.substring(place.lastIndexOf('/') + 1);
  }

  @Override
  public DataEngine open(Path folder) throws SQLException {
    return DuckDbEngine.open(folder);
  }
}
