package dev.lockkeeper.formats.artifact;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;

/** References and evidence as parts of documents. */
public final class ArtifactFields {

  private ArtifactFields() {}

  public static FieldWriter write(ArtifactRef ref) {
    return new FieldWriter()
        .put("zone", ref.zone().name())
        .put("sha256", ref.sha256())
        .put("bytes", ref.bytes())
        .put("mediaType", ref.mediaType());
  }

  public static ArtifactRef read(FieldReader from) {
    return new ArtifactRef(
        from.parsed("zone", "a zone such as MODELS", Zone::named),
        from.text("sha256"),
        from.number("bytes"),
        from.text("mediaType"));
  }

  public static FieldWriter write(Evidence evidence) {
    return new FieldWriter()
        .put("statement", write(evidence.statement()))
        .put("attempt", evidence.attempt())
        .put("millis", evidence.millis());
  }

  public static Evidence evidence(FieldReader from) {
    return new Evidence(
        read(from.object("statement")), from.integer("attempt"), from.number("millis"));
  }
}
