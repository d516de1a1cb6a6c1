package dev.lockkeeper.formats.ingestion;

import java.util.List;

/**
 * One broken rule of a data contract.
 *
 * @param column the column; empty for a rule of the whole table
 * @param rule the rule: {@code type}, {@code required}, {@code unique}, {@code minimum}, {@code
 *     maximum}, {@code allowedValues}, {@code pattern}, {@code missingColumn}, {@code
 *     unknownColumn} or a quality rule's name
 * @param expected what the contract says, in words
 * @param count how many rows break it
 * @param rows how many rows there are
 * @param examples up to five offending values with their line, for example {@code line 17: '2.0'}
 */
public record ContractBreach(
    String column, String rule, String expected, long count, long rows, List<String> examples) {

  /** The breach in one line for people. */
  public String message() {
    String where = column.isEmpty() ? "table" : "column '" + column + "'";
    String shown = examples.isEmpty() ? "" : "; " + String.join(", ", examples);
    return where
        + ", "
        + rule
        + ": expected "
        + expected
        + ", "
        + count
        + " of "
        + rows
        + " rows differ"
        + shown;
  }
}
