package dev.lockkeeper.stage;

import java.util.Collections;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The implementations of a port on the class path, by the names that they give themselves. */
public final class NamedServices {

  private NamedServices() {}

  /**
   * Finds them with {@link ServiceLoader}, ordered by name.
   *
   * @throws IllegalStateException if two have one name; the message names both
   */
  public static <T> SortedMap<String, T> load(Class<T> port, Function<T, String> name) {
    return byName(port, ServiceLoader.load(port), name);
  }

  static <T> SortedMap<String, T> byName(
      Class<T> port, Iterable<? extends T> found, Function<T, String> name) {
    SortedMap<String, T> byName = new TreeMap<>();
    for (T one : found) {
      T other = byName.put(name.apply(one), one);
      if (other != null) {
        throw new IllegalStateException(
            "two implementations of "
                + port.getSimpleName()
                + " are called '"
                + name.apply(one)
                + "': "
                + other.getClass().getName()
                + " and "
                + one.getClass().getName()
                + "; leave one out of the class path");
      }
    }
    return Collections.unmodifiableSortedMap(byName);
  }
}
