package dev.lockkeeper.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of one JSON object. Keys are sorted, a time is ISO 8601 in UTC, a duration is
 * ISO 8601, a constant is its name. A field without a value is left out.
 */
public final class FieldWriter {

  private final TreeMap<String, Object> values = new TreeMap<>();

  public FieldWriter put(String name, @Nullable String value) {
    return any(name, value);
  }

  public FieldWriter put(String name, long value) {
    return any(name, value);
  }

  public FieldWriter put(String name, double value) {
    return any(name, value);
  }

  /** A number that is written as an integer if it is whole. */
  public FieldWriter putPlain(String name, double value) {
    return value == Math.rint(value) ? put(name, (long) value) : put(name, value);
  }

  public FieldWriter put(String name, boolean value) {
    return any(name, value);
  }

  public FieldWriter put(String name, @Nullable Boolean value) {
    return any(name, value);
  }

  public FieldWriter put(String name, @Nullable Double value) {
    return any(name, value);
  }

  public FieldWriter put(String name, @Nullable Integer value) {
    return any(name, value);
  }

  public FieldWriter put(String name, Instant value) {
    return any(name, value.toString());
  }

  public FieldWriter put(String name, Duration value) {
    return any(name, value.toString());
  }

  public FieldWriter put(String name, Enum<?> value) {
    return any(name, value.name());
  }

  public FieldWriter put(String name, @Nullable JsonNode value) {
    return any(name, value);
  }

  public FieldWriter put(String name, @Nullable FieldWriter value) {
    return any(name, value == null ? null : value.values);
  }

  /** Writes an object with the entries of a map. */
  public FieldWriter put(String name, Map<String, ?> values) {
    return any(name, new TreeMap<>(values));
  }

  /** Writes a list of objects. */
  public <T> FieldWriter put(String name, List<T> list, Function<T, FieldWriter> form) {
    return any(name, list.stream().map(element -> form.apply(element).values).toList());
  }

  /** Writes a list of strings or numbers; null is a missing one. */
  public FieldWriter put(String name, List<?> list) {
    return any(name, new ArrayList<>(list));
  }

  /** The fields as a tree. */
  public JsonNode json() {
    return Json.mapper().valueToTree(values);
  }

  /** The fields as UTF-8 JSON: equal fields give equal bytes. */
  public byte[] bytes() {
    return Json.canonicalBytes(values);
  }

  private FieldWriter any(String name, @Nullable Object value) {
    if (value != null && values.put(name, value) != null) {
      throw new IllegalStateException("field '" + name + "' is written twice");
    }
    return this;
  }
}
