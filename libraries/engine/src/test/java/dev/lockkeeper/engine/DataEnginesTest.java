package dev.lockkeeper.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DataEnginesTest {

  @Test
  void engineThatIsNotNamed_isDuckDb() {
    assertEquals("duckdb", DataEngines.of(Map.of()).name());
    assertEquals("duckdb", DataEngines.of(Map.of(DataEngines.SETTING, "")).name());
  }

  @Test
  void engineThatIsNamed_isFound() {
    assertEquals("duckdb", DataEngines.of(Map.of(DataEngines.SETTING, "duckdb")).name());
  }

  @Test
  void engineOfAnUnknownName_isRefusedWithThoseThereAre() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> DataEngines.of(Map.of(DataEngines.SETTING, "abacus")));

    assertEquals(
        "LOCKKEEPER_ENGINE: there is no engine 'abacus', there is duckdb; name another, or put the"
            + " module of that engine on the class path",
        refused.getMessage());
  }
}
