package dev.lockkeeper.formats;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a specification without a part that every pipeline has. The JSON of a client that is not
 * ours may leave out anything.
 */
public final class Required {

  private Required() {}

  /**
   * A value that is there.
   *
   * @param what whose value it is, as {@code training.trainer}
   * @throws InvalidSpecificationException if it is null
   */
  public static <T> T value(String what, @Nullable T value) {
    if (value == null) {
      throw new InvalidSpecificationException(what + ": is missing");
    }
    return value;
  }

  /**
   * A list that is there, with every element.
   *
   * @throws InvalidSpecificationException if the list or an element is null
   */
  public static <T> List<T> list(String what, @Nullable List<T> list) {
    for (@Nullable T element : value(what, list)) {
      value(what, element);
    }
    return List.copyOf(value(what, list));
  }

  /**
   * A map that is there, with every value.
   *
   * @throws InvalidSpecificationException if the map or a value is null
   */
  public static <T> Map<String, T> map(String what, @Nullable Map<String, T> map) {
    Map<String, T> given = value(what, map);
    for (@Nullable T element : given.values()) {
      value(what, element);
    }
    return given;
  }
}
