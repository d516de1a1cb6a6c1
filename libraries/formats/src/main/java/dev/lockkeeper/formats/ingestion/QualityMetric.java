package dev.lockkeeper.formats.ingestion;

/** The library metrics of ODCS v3.1 {@code quality} items. */
public enum QualityMetric {
  NULL_VALUES,
  MISSING_VALUES,
  INVALID_VALUES,
  DUPLICATE_VALUES,
  ROW_COUNT
}
