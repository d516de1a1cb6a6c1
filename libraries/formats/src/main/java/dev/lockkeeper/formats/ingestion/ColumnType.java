package dev.lockkeeper.formats.ingestion;

/**
 * The logical types of a column (ODCS v3.1 {@code logicalType}: string, number, integer, boolean,
 * timestamp).
 */
public enum ColumnType {
  STRING,
  NUMBER,
  INTEGER,
  BOOLEAN,
  TIMESTAMP;

  boolean isNumeric() {
    return this == NUMBER || this == INTEGER;
  }
}
