package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.FieldWriter;

/** A split as a part of statements and of the specification's canonical form. */
public final class SplitFields {

  private SplitFields() {}

  public static FieldWriter write(SplitSpecification split) {
    return new FieldWriter()
        .put("holdoutShare", split.holdoutShare())
        .put("key", split.key())
        .put("seed", split.seed());
  }
}
