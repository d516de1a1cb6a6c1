package dev.lockkeeper.contracts.pipeline;

import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.Required;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.run.RunId;

/**
 * What a run is started with. It holds of itself what a client of ours would have refused before it
 * starts one.
 *
 * @param version the version that the run makes
 * @param startedBy the principal who starts it
 * @param specificationDigest hexadecimal SHA-256 of the specification's JSON
 * @param specification the pipeline
 * @param traceId the hexadecimal trace id of the caller; empty if not traced
 * @param reason why, in the starter's words, at most 400 characters; empty if not told
 */
public record PipelineInput(
    String version,
    String startedBy,
    String specificationDigest,
    PipelineSpecification specification,
    String traceId,
    String reason) {

  /** Characters of a reason. */
  public static final int LONGEST_REASON = 400;

  /** Input without a reason. */
  public PipelineInput(
      String version,
      String startedBy,
      String specificationDigest,
      PipelineSpecification specification,
      String traceId) {
    this(version, startedBy, specificationDigest, specification, traceId, "");
  }

  @SuppressWarnings("ConstantValue") // a payload of before it was there reads as null
  public PipelineInput {
    Required.value("version", version);
    Required.value("startedBy", startedBy);
    Required.value("specificationDigest", specificationDigest);
    Required.value("specification", specification);
    Required.value("traceId", traceId);
    reason = reason == null ? "" : reason;
    if (reason.length() > LONGEST_REASON) {
      throw new InvalidSpecificationException(
          "reason: expected at most " + LONGEST_REASON + " characters, got " + reason.length());
    }
    try {
      RunId run = new RunId(specification.name(), version);
      version = run.version();
    } catch (IllegalArgumentException e) {
      throw new InvalidSpecificationException(String.valueOf(e.getMessage()));
    }
  }
}
