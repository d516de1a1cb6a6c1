package dev.lockkeeper.formats.pipeline;

import dev.lockkeeper.formats.Digests;

/**
 * The digest by which a run's statements name its specification. The client computes it to start a
 * run, and the registry computes it again from the specification that it was given.
 */
public final class SpecificationDigest {

  private SpecificationDigest() {}

  /**
   * Hexadecimal SHA-256 of the specification's canonical form: JSON with sorted keys. What the
   * specification leaves out is left out of the form, so a version with another optional field
   * computes the same digest for a specification without it.
   */
  public static String of(PipelineSpecification specification) {
    return Digests.sha256(PipelineFields.write(specification).bytes());
  }
}
