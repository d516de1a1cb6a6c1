package dev.lockkeeper.testing;

import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.engine.DataEngines;

class DuckDbEngineContractTest extends DataEngineContract {

  @Override
  protected DataEngineProvider provider() {
    return DataEngines.named("duckdb");
  }
}
