package dev.lockkeeper.contracts.ingestion;

/** The formats a source file may have. */
public enum SourceFormat {
  CSV,
  PARQUET,
  JSON_LINES
}
