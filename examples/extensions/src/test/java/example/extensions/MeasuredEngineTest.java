package example.extensions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.testing.DataEngineContract;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredEngineTest extends DataEngineContract {

  @TempDir private Path folder;

  @Override
  protected DataEngineProvider provider() {
    return DataEngines.named("measured");
  }

  @Test
  void statements_areCounted() throws SQLException {
    long before = MeasuredEngineProvider.statements();
    try (DataEngine engine = provider().open(folder)) {
      engine.execute("CREATE TABLE t AS SELECT 1 AS x");
      engine.count("SELECT count(*) FROM t");
    }

    assertEquals(2, MeasuredEngineProvider.statements() - before);
  }
}
