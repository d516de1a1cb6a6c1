package dev.lockkeeper.formats.pipeline;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.Json;

/**
 * The digest by which a run's statements name its specification. The client computes it to start a
 * run, and the registry computes it again from the specification that it was given.
 */
public final class SpecificationDigest {

  private SpecificationDigest() {}

  /** Hexadecimal SHA-256 of the specification's canonical form: its JSON with sorted keys. */
  public static String of(PipelineSpecification specification) {
    return Digests.sha256(Json.canonicalBytes(specification));
  }
}
