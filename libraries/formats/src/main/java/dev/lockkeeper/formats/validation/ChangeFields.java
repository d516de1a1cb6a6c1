package dev.lockkeeper.formats.validation;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;

/** A difference from the stable version, as a part of documents. */
public final class ChangeFields {

  private ChangeFields() {}

  public static FieldWriter write(VersionChange change) {
    return new FieldWriter()
        .put("subject", change.subject())
        .put("stable", change.stable())
        .put("candidate", change.candidate());
  }

  public static VersionChange read(FieldReader from) {
    return new VersionChange(
        from.text("subject"), from.optionalText("stable"), from.optionalText("candidate"));
  }
}
