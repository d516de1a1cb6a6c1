package example.extensions;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.engine.TableAppender;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** {@code measured}: DuckDB, with a count of its statements for whoever pays by statement. */
public final class MeasuredEngineProvider implements DataEngineProvider {

  private static final AtomicLong STATEMENTS = new AtomicLong();

  /** How many statements were run in this process. */
  static long statements() {
    return STATEMENTS.get();
  }

  /** Not in a field: looking for engines makes an object of each provider. */
  private static DataEngineProvider duckDb() {
    return DataEngines.named("duckdb");
  }

  @Override
  public String name() {
    return "measured";
  }

  @Override
  public String version() {
    return "measured " + duckDb().version();
  }

  @Override
  public DataEngine open(Path folder) throws SQLException {
    return new Measured(duckDb().open(folder));
  }

  private record Measured(DataEngine engine) implements DataEngine {

    @Override
    public void execute(String sql) throws SQLException {
      STATEMENTS.incrementAndGet();
      engine.execute(sql);
    }

    @Override
    public <T> T query(String sql, RowReader<T> reader) throws SQLException {
      STATEMENTS.incrementAndGet();
      return engine.query(sql, reader);
    }

    @Override
    public TableAppender append(String table) throws SQLException {
      return engine.append(table);
    }

    @Override
    public void close() throws SQLException {
      engine.close();
    }
  }
}
