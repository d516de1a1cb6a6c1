package dev.lockkeeper.activities.ingestion;

import static dev.lockkeeper.engine.Sql.name;
import static dev.lockkeeper.engine.Sql.text;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.Sql;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The source as a table of strings, {@code source}, in source order. Its first column is {@link
 * #ROW}, from 1; an empty string is missing (NULL).
 *
 * @param engine contains the table
 * @param columns the columns that the file has
 * @param rows how many rows
 * @param isLines whether each row is one line of the file, below a header
 */
record SourceTable(DataEngine engine, List<String> columns, long rows, boolean isLines) {

  static final String ROW = "lockkeeper row";

  /** Where people find a row. */
  String place(long row) {
    return isLines ? "line " + (row + 1) : "row " + row;
  }

  private static final int LONGEST = 300;

  /** A number or a date, which nobody calls a column. */
  private static final Pattern VALUE =
      Pattern.compile("[-+]?[0-9]+([.,][0-9]+)?([eE][-+]?[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}.*");

  static SourceTable load(
      DataEngine engine, Path copy, SourceSpecification source, DataContract contract)
      throws SQLException, IOException {
    if (source.format() != SourceFormat.PARQUET) {
      KnownFormat.requireNone(copy, source.path());
    }
    SourceTable table =
        source.format() == SourceFormat.CSV
            ? loadCsv(engine, copy, source, contract)
            : loadTyped(engine, copy, source);
    table.markMissing(missing(source), contract);
    return table;
  }

  static List<String> missing(SourceSpecification source) {
    return source.missing() == null ? List.of() : source.missing();
  }

  /**
   * Texts keep theirs: a caller of the gateway can send the same string, and would not see it taken
   * for missing.
   */
  private void markMissing(List<String> codes, DataContract contract) throws SQLException {
    if (codes.isEmpty()) {
      return;
    }
    String list = codes.stream().map(Sql::text).collect(Collectors.joining(", "));
    for (ColumnContract column : contract.columns()) {
      if (column.type() != ColumnType.STRING && columns.contains(column.name())) {
        String quoted = name(column.name());
        engine.execute(
            "UPDATE source SET " + quoted + " = NULL WHERE " + quoted + " IN (" + list + ")");
      }
    }
  }

  private static SourceTable loadCsv(
      DataEngine engine, Path copy, SourceSpecification source, DataContract contract)
      throws SQLException, IOException {
    KnownFormat.requireNoJson(copy, source.path());
    char delimiter = source.delimiter().charAt(0);
    Path plain = copy.resolveSibling("plain.csv");
    CsvText csv = CsvText.read(copy, plain, source.path(), delimiter);
    requireHeader(csv.header(), source, contract);
    String columns =
        csv.header().stream()
            .map(c -> text(c) + ": 'VARCHAR'")
            .collect(Collectors.joining(", ", "{", "}"));
    try {
      engine.execute(
          "CREATE TABLE source AS SELECT row_number() OVER () AS "
              + name(ROW)
              + ", * FROM read_csv("
              + text(plain.toString())
              + ", auto_detect=false, header=true, delim="
              + text(source.delimiter())
              + ", quote='\"', escape='\"', nullstr='', strict_mode=true, null_padding=false,"
              + " max_line_size=2097152, columns="
              + columns
              + ")");
    } catch (SQLException e) {
      throw new StageException(
          FailureType.SOURCE_UNREADABLE,
          source.path() + " is not a well-formed CSV: " + words(e, plain, source),
          e);
    }
    long rows = engine.count("SELECT count(*) FROM source");
    if (rows == 0 || rows + 1 > csv.lines()) {
      throw new StageException(
          FailureType.SOURCE_UNREADABLE,
          source.path()
              + " has "
              + csv.lines()
              + " lines of text but was read as "
              + rows
              + " rows: check its quotes and line ends");
    }
    return new SourceTable(engine, csv.header(), rows, rows + 1 == csv.lines() && !csv.blanks());
  }

  private static SourceTable loadTyped(DataEngine engine, Path copy, SourceSpecification source)
      throws SQLException, IOException {
    try {
      Map<String, String> texts =
          source.format() == SourceFormat.PARQUET
              ? TypedSource.parquet(engine, copy, source.path())
              : TypedSource.json(engine, copy, source.path());
      engine.execute(
          "CREATE TABLE source AS SELECT row_number() OVER () AS "
              + name(ROW)
              + texts.entrySet().stream()
                  .map(c -> ", nullif(" + c.getValue() + ", '') AS " + name(c.getKey()))
                  .collect(Collectors.joining())
              + " FROM "
              + TypedSource.VIEW);
      long rows = engine.count("SELECT count(*) FROM source");
      if (rows == 0) {
        throw new StageException(
            FailureType.SOURCE_UNREADABLE, source.path() + " has no rows: expected at least one");
      }
      return new SourceTable(engine, List.copyOf(texts.keySet()), rows, false);
    } catch (SQLException e) {
      throw new StageException(
          FailureType.SOURCE_UNREADABLE,
          source.path()
              + " is not a readable "
              + source.format().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
              + " file: "
              + words(e, copy, source),
          e);
    }
  }

  private static void requireHeader(
      List<String> header, SourceSpecification source, DataContract contract) {
    if (header.size() == 1 && contract.columns().size() > 1) {
      for (char other : new char[] {',', ';', '\t', '|'}) {
        int found = CsvText.fields(header.get(0), other).size();
        if (found > 1) {
          throw new StageException(
              FailureType.SOURCE_UNREADABLE,
              source.path()
                  + " has one column with delimiter '"
                  + source.delimiter()
                  + "' but "
                  + found
                  + " with '"
                  + (other == '\t' ? "\\t" : other)
                  + "': set source.delimiter to that");
        }
      }
    }
    requireNames(header, source, contract);
    Set<String> seen = new HashSet<>();
    for (String column : header) {
      if (column.isBlank()) {
        throw new StageException(
            FailureType.SOURCE_UNREADABLE,
            source.path()
                + " has a column without a name in its header (line 1): name every column there");
      }
      if (!seen.add(column.toLowerCase(java.util.Locale.ROOT))) {
        throw new StageException(
            FailureType.SOURCE_UNREADABLE,
            source.path()
                + " has column '"
                + column
                + "' twice in its header (line 1), upper and lower case taken as one: rename one");
      }
    }
  }

  /** A first line of values in place of names would be read as names. */
  private static void requireNames(
      List<String> header, SourceSpecification source, DataContract contract) {
    List<String> names =
        contract.columns().stream()
            .map(column -> column.name().toLowerCase(java.util.Locale.ROOT))
            .toList();
    boolean named =
        header.stream().anyMatch(cell -> names.contains(cell.toLowerCase(java.util.Locale.ROOT)));
    if (!named
        && header.stream().anyMatch(cell -> cell.isEmpty() || VALUE.matcher(cell).matches())) {
      throw new StageException(
          FailureType.SOURCE_UNREADABLE,
          source.path()
              + " has no header: its first line has values ("
              + shortened(String.join(source.delimiter(), header))
              + ") and no column of the contract; write the columns' names in a line above");
    }
  }

  private static String shortened(String line) {
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /**
   * The engine's own words, without its query, about the file as people call it: where and what.
   * The lines in between repeat the data, which may be long.
   */
  private static String words(SQLException e, Path read, SourceSpecification source) {
    String whole = String.valueOf(e.getMessage()).replace(read.toString(), source.path());
    List<String> lines =
        whole
            .split("\\R\\s*(Possible fixes|LINE \\d)", 2)[0]
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(SourceTable::shortened)
            .toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    return lines.size() < 2 ? first : first + "; " + lines.get(lines.size() - 1);
  }

  /** Writes the contract's columns, typed, in source order. */
  void writeTyped(Path parquet, List<ColumnContract> contract) throws SQLException {
    String typed =
        contract.stream()
            .map(
                c ->
                    "CAST("
                        + LogicalTypes.value(c)
                        + " AS "
                        + LogicalTypes.sql(c.type())
                        + ") AS "
                        + name(c.name()))
            .collect(Collectors.joining(", "));
    engine.execute(
        "COPY (SELECT "
            + typed
            + " FROM source ORDER BY "
            + name(ROW)
            + ") TO "
            + text(parquet.toString())
            + " (FORMAT parquet, COMPRESSION zstd)");
  }
}
