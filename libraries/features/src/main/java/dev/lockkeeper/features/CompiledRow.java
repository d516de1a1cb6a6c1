package dev.lockkeeper.features;

/**
 * What the generated class implements. Public because that class is loaded beside this one, not
 * inside its package.
 */
public interface CompiledRow {

  /** Whether the row filter keeps the row. */
  boolean keep(RowBuffer row);

  /** The row's label. */
  boolean label(RowBuffer row);

  /** Writes the features in model order. */
  void compute(RowBuffer row, float[] out);
}
