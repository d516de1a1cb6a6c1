package dev.lockkeeper.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON with sorted keys and ISO times. What is signed or stored is written by its {@link Format},
 * never by this alone.
 */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The shared mapper; do not reconfigure it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The value as UTF-8 JSON with sorted keys: equal values give equal bytes. */
  public static byte[] canonicalBytes(Object value) {
    try {
      Object sorted =
          value instanceof JsonNode node ? MAPPER.treeToValue(node, Object.class) : value;
      return MAPPER.writeValueAsBytes(sorted);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The value as JSON text with sorted keys. */
  public static String text(Object value) {
    return new String(canonicalBytes(value), StandardCharsets.UTF_8);
  }

  /**
   * Refuses a kind that a union does not have here, where the reader of a payload without a kind is
   * given it.
   *
   * @param union what is read, for people
   * @param kind the kind in the payload; null if it has none
   * @throws IllegalArgumentException if there is a kind
   */
  public static void requireNoKind(String union, @Nullable String kind) {
    if (kind != null) {
      throw new IllegalArgumentException(
          "a "
              + union
              + " of kind '"
              + kind
              + "' was written by a newer version: upgrade this one");
    }
  }

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException if the bytes are not such JSON; the message says where
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }
}
