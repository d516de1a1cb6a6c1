package dev.lockkeeper.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object of a document by name. A field that is missing, null or of
 * another kind is refused with the document and the field's path.
 */
public final class FieldReader {

  private final String document;
  private final String path;
  private final JsonNode json;
  private final Set<String> asked = new HashSet<>();
  private final List<FieldReader> parts = new ArrayList<>();

  FieldReader(String document, String path, JsonNode json) {
    this.document = document;
    this.path = path;
    this.json = json;
    if (!json.isObject()) {
      throw path.isEmpty() ? refused("not a JSON object") : refused(path, "expected an object");
    }
  }

  static FieldReader of(String document, byte[] json) {
    try {
      return new FieldReader(document, "", Json.mapper().readTree(json));
    } catch (IOException e) {
      throw new FormatException(
          document + ": not JSON: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  /** Whether a field is there and not null. */
  public boolean has(String name) {
    asked.add(name);
    return json.hasNonNull(name);
  }

  public String text(String name) {
    return required(name, "a string", JsonNode::isTextual).textValue();
  }

  public @Nullable String optionalText(String name) {
    return has(name) ? text(name) : null;
  }

  public long number(String name) {
    return required(name, "an integer", JsonNode::canConvertToLong, JsonNode::isIntegralNumber)
        .longValue();
  }

  public int integer(String name) {
    return required(name, "an integer", JsonNode::canConvertToInt, JsonNode::isIntegralNumber)
        .intValue();
  }

  public @Nullable Integer optionalInteger(String name) {
    return has(name) ? Integer.valueOf(integer(name)) : null;
  }

  /** A number; what JSON cannot write, such as NaN, is the string that Java writes. */
  public double real(String name) {
    return real(name, field(name));
  }

  public @Nullable Double optionalReal(String name) {
    return has(name) ? real(name) : null;
  }

  public boolean flag(String name) {
    return required(name, "a boolean", JsonNode::isBoolean).booleanValue();
  }

  public Instant time(String name) {
    return parsed(name, "a time such as 2026-01-31T12:00:00Z", Instant::parse);
  }

  public Duration duration(String name) {
    return parsed(name, "a duration such as PT1H", Duration::parse);
  }

  public <E extends Enum<E>> E constant(String name, Class<E> type) {
    return parsed(
        name, "one of " + List.of(type.getEnumConstants()), text -> Enum.valueOf(type, text));
  }

  public FieldReader object(String name) {
    return part(at(name), required(name, "an object", JsonNode::isObject));
  }

  public @Nullable FieldReader optionalObject(String name) {
    return has(name) ? object(name) : null;
  }

  /** A list of objects. */
  public <T> List<T> list(String name, Function<FieldReader, T> form) {
    List<T> list = new ArrayList<>();
    for (JsonNode element : array(name)) {
      FieldReader part = part(at(name) + "[" + list.size() + "]", element);
      list.add(part.valid(() -> form.apply(part)));
    }
    return List.copyOf(list);
  }

  /** A list of strings. */
  public List<String> texts(String name) {
    return elements(name, "strings", JsonNode::isTextual, JsonNode::textValue);
  }

  /** A list of integers. */
  public List<Long> numbers(String name) {
    return elements(name, "integers", JsonNode::isIntegralNumber, JsonNode::longValue);
  }

  /** A list of numbers. */
  public List<Double> reals(String name) {
    List<Double> list = new ArrayList<>();
    for (JsonNode element : array(name)) {
      list.add(real(name, element));
    }
    return List.copyOf(list);
  }

  /** An object whose values are strings. */
  public Map<String, String> textMap(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    anyMap(name)
        .forEach(
            (key, value) -> {
              if (!value.isTextual()) {
                throw refused(at(name) + "." + key, "expected a string");
              }
              map.put(key, value.textValue());
            });
    return map;
  }

  /** An object whose values are integers. */
  public Map<String, Long> numberMap(String name) {
    Map<String, Long> map = new LinkedHashMap<>();
    anyMap(name)
        .forEach(
            (key, value) -> {
              if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw refused(at(name) + "." + key, "expected an integer, found " + value);
              }
              map.put(key, value.longValue());
            });
    return map;
  }

  /** An object whose values are whatever they are. */
  public Map<String, JsonNode> anyMap(String name) {
    JsonNode object = required(name, "an object", JsonNode::isObject);
    Map<String, JsonNode> map = new LinkedHashMap<>();
    object.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }

  /** A field as it is. */
  public JsonNode any(String name) {
    return field(name);
  }

  /** The elements of a list, as they are. */
  public JsonNode array(String name) {
    return required(name, "a list", JsonNode::isArray);
  }

  /** Gives what a value refuses about itself the document's name and the field's path. */
  <T> T valid(Supplier<T> value) {
    try {
      return value.get();
    } catch (FormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      String where = path.isEmpty() ? "" : "field '" + path + "': ";
      throw new FormatException(document + ": " + where + e.getMessage(), e);
    }
  }

  void requireAllRead() {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                throw refused(at(name), "is not known here, and could change what it means");
              }
            });
    parts.forEach(FieldReader::requireAllRead);
  }

  private double real(String name, JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (value.isTextual() && value.textValue().matches("NaN|-?Infinity")) {
      return Double.parseDouble(value.textValue());
    }
    throw refused(at(name), "expected a number, found " + value);
  }

  private <T> List<T> elements(
      String name, String what, Function<JsonNode, Boolean> is, Function<JsonNode, T> value) {
    List<T> list = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!is.apply(element)) {
        throw refused(at(name), "expected a list of " + what + ", found " + element);
      }
      list.add(value.apply(element));
    }
    return List.copyOf(list);
  }

  /**
   * A string of a form of its own.
   *
   * @param expected the form in words, for the message
   * @param parse throws {@link IllegalArgumentException} or {@link DateTimeException} for another
   */
  public <T> T parsed(String name, String expected, Function<String, T> parse) {
    String text = text(name);
    try {
      return parse.apply(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw refused(at(name), "expected " + expected + ", found '" + text + "'");
    }
  }

  private FieldReader part(String at, JsonNode part) {
    FieldReader reader = new FieldReader(document, at, part);
    parts.add(reader);
    return reader;
  }

  private JsonNode field(String name) {
    asked.add(name);
    JsonNode field = json.get(name);
    if (field == null || field.isNull()) {
      throw refused(at(name), "is missing");
    }
    return field;
  }

  @SafeVarargs
  private JsonNode required(String name, String expected, Function<JsonNode, Boolean>... is) {
    JsonNode field = field(name);
    for (Function<JsonNode, Boolean> kind : is) {
      if (!kind.apply(field)) {
        throw refused(at(name), "expected " + expected + ", found " + field);
      }
    }
    return field;
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private FormatException refused(String field, String why) {
    return refused("field '" + field + (why.startsWith("is") ? "' " : "': ") + why);
  }

  private FormatException refused(String why) {
    return new FormatException(document + ": " + why);
  }
}
