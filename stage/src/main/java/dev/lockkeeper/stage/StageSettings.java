package dev.lockkeeper.stage;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a stage is told beside its context: settings by the names of the environment variables that
 * set them, for example {@code LOCKKEEPER_GATEWAY}.
 *
 * @param values the settings; not shown by {@link #toString}, since an environment has secrets
 */
public record StageSettings(Map<String, String> values) {

  /** The state folder. */
  public static final String STATE = "LOCKKEEPER_STATE";

  /** The addresses of the serving gateways, separated by commas. */
  public static final String GATEWAY = "LOCKKEEPER_GATEWAY";

  public StageSettings {
    values = Map.copyOf(values);
  }

  /** The settings of this process. */
  public static StageSettings environment() {
    return new StageSettings(System.getenv());
  }

  /** The same with one of another value. */
  public StageSettings with(String name, String value) {
    Map<String, String> changed = new HashMap<>(values);
    changed.put(name, value);
    return new StageSettings(changed);
  }

  /**
   * A setting that is an address.
   *
   * @throws IllegalArgumentException if it is not set or not a URI; the message names it
   */
  public URI uri(String name) {
    @Nullable String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not set: expected a URI");
    }
    return parsed(name, value);
  }

  /**
   * A setting that is one or more addresses, separated by commas.
   *
   * @throws IllegalArgumentException if it is not set or not all of them are URIs; the message
   *     names it
   */
  public List<URI> uris(String name) {
    String value = values.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " is not set: expected one or more URIs");
    }
    return Arrays.stream(value.split(",", -1)).map(one -> parsed(name, one.strip())).toList();
  }

  private static URI parsed(String name, String value) {
    try {
      return URI.create(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is not a URI: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "StageSettings" + new TreeSet<>(values.keySet());
  }
}
