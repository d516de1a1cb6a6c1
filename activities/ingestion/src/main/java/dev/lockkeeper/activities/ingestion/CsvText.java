package dev.lockkeeper.activities.ingestion;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a CSV file once as a stream, in bounded memory, before the engine sees it: it must be
 * UTF-8, with no line longer than {@value #MAXIMUM_LINE} characters, and contain a header and at
 * least one row.
 *
 * @param header the header's fields
 * @param lines how many lines are not blank, the header included
 * @param blanks whether there are blank lines before the last that is none
 */
record CsvText(List<String> header, long lines, boolean blanks) {

  private static final int MAXIMUM_LINE = 1 << 20;
  private static final int MAXIMUM_COLUMNS = 10_000;
  private static final int BUFFER = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * Reads a file and writes it again as the engine reads it without doubt: no byte order mark, LF
   * after each record.
   */
  static CsvText read(Path file, Path plain, String shown, char delimiter) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer chars = CharBuffer.allocate(BUFFER);
    Scan scan;
    try (InputStream in = Files.newInputStream(file);
        Writer out = Files.newBufferedWriter(plain)) {
      scan = new Scan(shown, out);
      boolean last = false;
      while (!last) {
        int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
        last = n < 0;
        bytes.position(bytes.position() + Math.max(0, n)).flip();
        CoderResult result = decoder.decode(bytes, chars, last);
        scan.take(chars.flip());
        if (result.isError()) {
          throw scan.unreadable("is not UTF-8 at line " + scan.physical + ": save it as UTF-8");
        }
        chars.clear();
        bytes.compact();
      }
    }
    scan.finish();
    List<String> fields = fields(scan.header.toString(), delimiter);
    if (fields.size() > MAXIMUM_COLUMNS) {
      throw scan.unreadable("has " + fields.size() + " columns, more than " + MAXIMUM_COLUMNS);
    }
    return new CsvText(fields, scan.lines, scan.lastUsed > scan.lines);
  }

  /** Splits one line by RFC 4180. */
  static List<String> fields(String line, char delimiter) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private static final class Scan {

    private final String shown;
    private final Writer out;
    private final StringBuilder header = new StringBuilder();
    private long lines;
    private long physical = 1;
    private long lastUsed;
    private long returns;
    private int length;
    private boolean quoted;

    private Scan(String shown, Writer out) {
      this.shown = shown;
      this.out = out;
    }

    private void take(CharBuffer chars) throws IOException {
      while (chars.hasRemaining()) {
        char c = chars.get();
        boolean mark = c == BYTE_ORDER_MARK && physical == 1 && length == 0;
        if (mark || (c == '\r' && !quoted)) {
          returns += mark ? 0 : 1;
          continue;
        }
        quoted ^= c == '"';
        out.write(c);
        if (c == '\0') {
          throw unreadable(
              "contains a zero byte at line "
                  + physical
                  + ": this is not text (UTF-16, or a binary file?)");
        }
        if (c == '\n') {
          endLine();
        } else {
          length++;
          if (lines == 0) {
            header.append(c);
          }
          if (length > MAXIMUM_LINE) {
            throw unreadable(
                "has a line of more than " + MAXIMUM_LINE + " characters at line " + physical);
          }
        }
      }
    }

    private void endLine() {
      count();
      physical++;
      length = 0;
    }

    private void count() {
      if (length > 0) {
        lines++;
        lastUsed = physical;
      }
    }

    private void finish() {
      count();
      if (lines == 0) {
        throw unreadable("contains no text: expected a header and rows");
      }
      if (lines == 1 && returns >= physical) {
        throw unreadable("ends its lines with CR alone: save it with LF or CR LF at their ends");
      }
      if (lines == 1) {
        throw unreadable("has a header and no rows: expected at least one row after line 1");
      }
    }

    private StageException unreadable(String what) {
      return new StageException(FailureType.SOURCE_UNREADABLE, shown + " " + what);
    }
  }
}
