package dev.lockkeeper.formats.ingestion;

/** The formats a source file may have. */
public enum SourceFormat {
  CSV,
  PARQUET,
  JSON_LINES
}
