package dev.lockkeeper.formats;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The form of a document that is signed or stored: JSON in UTF-8 with sorted keys. The number of
 * the format stands in the field {@value #FIELD}; a document of a higher number is refused.
 *
 * <p>A subclass is the specification of one document: it writes each field and reads each by name.
 * A field is added without raising the number if a reader that ignores it still does the right
 * thing; otherwise the number is raised.
 *
 * @param <T> what the document is read as
 */
public abstract class Format<T> {

  /** The field with the format's number. */
  public static final String FIELD = "format";

  /** What a reader does with a field that it does not know. */
  public enum UnknownFields {
    /** It is left alone: what is added only adds. */
    IGNORED,
    /** The document is refused: the field could change what it means. */
    REFUSED
  }

  private final String document;
  private final int version;
  private final UnknownFields unknown;

  /**
   * Describes a format.
   *
   * @param document what the document is called in messages, for example {@code serving manifest}
   * @param version the number that is written, and the highest that is read
   * @param unknown what is done with fields that are not read by name
   */
  protected Format(String document, int version, UnknownFields unknown) {
    this.document = document;
    this.version = version;
    this.unknown = unknown;
  }

  /** What the document is called in messages. */
  public final String document() {
    return document;
  }

  /** The number that is written, and the highest that is read. */
  public final int version() {
    return version;
  }

  /** What is done with fields that are not read by name. */
  public final UnknownFields unknown() {
    return unknown;
  }

  /** The document's bytes: equal values give equal bytes. */
  public final byte[] write(T value) {
    return fields(value).bytes();
  }

  /** The document as a part of another one. */
  public final FieldWriter fields(T value) {
    FieldWriter fields = new FieldWriter().put(FIELD, version);
    write(value, fields);
    return fields;
  }

  /**
   * Reads a document.
   *
   * @throws FormatException if it is another document; the message names the document and the field
   */
  public final T read(byte[] json) {
    return read(FieldReader.of(document, json));
  }

  /**
   * Reads a document that is part of another one.
   *
   * @throws FormatException if it is another document; the message names the document and the field
   */
  public final T read(JsonNode json) {
    return read(new FieldReader(document, "", json));
  }

  /**
   * Reads a document at the place where another one contains it.
   *
   * @throws FormatException if it is another document; the message names the document and the field
   */
  public final T read(FieldReader json) {
    long found = json.number(FIELD);
    if (found < 1 || found > version) {
      throw new FormatException(
          document
              + ": it has format "
              + found
              + ", this version of Lockkeeper reads up to "
              + version
              + ": upgrade it, or have the document written by the version that runs here");
    }
    T value = json.valid(() -> readFields(json));
    if (unknown == UnknownFields.REFUSED) {
      json.requireAllRead();
    }
    return value;
  }

  /** Writes every field. */
  protected abstract void write(T value, FieldWriter to);

  /** Reads every field by its name. */
  protected abstract T readFields(FieldReader from);
}
