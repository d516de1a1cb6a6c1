package dev.lockkeeper.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Finds the engine that a name means. */
public final class DataEngines {

  /** The setting that names the engine of a process; without it the engine is {@code duckdb}. */
  public static final String SETTING = "LOCKKEEPER_ENGINE";

  private static final String DEFAULT = "duckdb";

  private DataEngines() {}

  /**
   * The engine that settings name.
   *
   * @throws IllegalArgumentException if there is none of the name; the message says which there are
   */
  public static DataEngineProvider of(Map<String, String> settings) {
    String name = settings.getOrDefault(SETTING, "");
    try {
      return named(name.isEmpty() ? DEFAULT : name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(SETTING + ": " + e.getMessage(), e);
    }
  }

  /**
   * The engine of a name.
   *
   * @throws IllegalArgumentException if there is none of the name; the message says which there are
   */
  public static DataEngineProvider named(String name) {
    List<String> names = new ArrayList<>();
    for (DataEngineProvider provider : ServiceLoader.load(DataEngineProvider.class)) {
      if (provider.name().equals(name)) {
        return provider;
      }
      names.add(provider.name());
    }
    throw new IllegalArgumentException(
        "there is no engine '"
            + name
            + "', there is "
            + String.join(", ", names.stream().sorted().toList())
            + "; name another, or put the module of that engine on the class path");
  }
}
