package dev.lockkeeper.activities.ingestion;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.stage.StageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** What people give for a text file although it is none, by its first bytes. */
enum KnownFormat {
  UTF_16_LITTLE("fffe", "UTF-16 text", "save it as UTF-8"),
  UTF_16_BIG("feff", "UTF-16 text", "save it as UTF-8"),
  GZIP("1f8b", "compressed (gzip)", "unpack it and name the unpacked file"),
  BZIP2("425a68", "compressed (bzip2)", "unpack it and name the unpacked file"),
  XZ("fd377a585a00", "compressed (xz)", "unpack it and name the unpacked file"),
  ZSTANDARD("28b52ffd", "compressed (Zstandard)", "unpack it and name the unpacked file"),
  ZIP("504b0304", "a ZIP archive or an Excel workbook", "unpack it, or save the sheet as CSV"),
  EXCEL("d0cf11e0", "an old Excel workbook", "save the sheet as CSV"),
  PARQUET("50415231", "a Parquet file", "set source.format to parquet, or end its name so");

  private final String start;
  private final String name;
  private final String remedy;

  KnownFormat(String start, String name, String remedy) {
    this.start = start;
    this.name = name;
    this.remedy = remedy;
  }

  /** The first character that is not white space; -1 if there is none. */
  static int firstCharacter(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      int first = in.read();
      while (first >= 0 && Character.isWhitespace(first)) {
        first = in.read();
      }
      return first;
    }
  }

  /**
   * Refuses JSON that would be read as CSV.
   *
   * @param shown what people call the file
   * @throws StageException that says what to do
   */
  static void requireNoJson(Path file, String shown) throws IOException {
    int first = firstCharacter(file);
    if (first == '{' || first == '[') {
      throw new StageException(
          FailureType.SOURCE_UNREADABLE,
          shown + " is JSON, not CSV: set source.format to json_lines, or end its name in .json");
    }
  }

  /**
   * Refuses a file that starts as one of these.
   *
   * @param shown what people call the file
   * @throws StageException that says what it is and what to do
   */
  static void requireNone(Path file, String shown) throws IOException {
    String first;
    try (InputStream in = Files.newInputStream(file)) {
      first = HexFormat.of().formatHex(in.readNBytes(6));
    }
    for (KnownFormat format : values()) {
      if (first.startsWith(format.start)) {
        throw new StageException(
            FailureType.SOURCE_UNREADABLE,
            shown + " is " + format.name + ", not text in UTF-8: " + format.remedy);
      }
    }
  }
}
