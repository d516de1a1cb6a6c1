package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the data comes from.
 *
 * @param path absolute path of the file as the ingestion worker sees it
 * @param format its format
 * @param delimiter the one-character CSV delimiter; ignored for other formats
 * @param missing strings that stand for a missing number, boolean or time, beside the empty one;
 *     null for none
 */
public record SourceSpecification(
    String path, SourceFormat format, String delimiter, @Nullable List<String> missing) {

  public SourceSpecification {
    Required.value("source.path", path);
    Required.value("source.format", format);
    Required.value("source.delimiter", delimiter);
    missing = missing == null ? null : Required.list("source.missing", missing);
    if (!isAbsolute(path)) {
      throw new InvalidSpecificationException(
          "source.path: expected an absolute path, got '" + path + "'");
    }
    if (!isDelimiter(delimiter)) {
      throw new InvalidSpecificationException(
          "source.delimiter: expected one character, got '" + delimiter + "'");
    }
  }

  private static boolean isAbsolute(String path) {
    return path.startsWith("/") && path.indexOf('\0') < 0;
  }

  /** Whether a text can divide the values of a CSV file. */
  public static boolean isDelimiter(String text) {
    return text.length() == 1 && !"\"\r\n".contains(text);
  }
}
