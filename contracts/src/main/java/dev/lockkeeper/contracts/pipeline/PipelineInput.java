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
 */
public record PipelineInput(
    String version,
    String startedBy,
    String specificationDigest,
    PipelineSpecification specification,
    String traceId) {

  public PipelineInput {
    Required.value("version", version);
    Required.value("startedBy", startedBy);
    Required.value("specificationDigest", specificationDigest);
    Required.value("specification", specification);
    Required.value("traceId", traceId);
    try {
      RunId run = new RunId(specification.name(), version);
      version = run.version();
    } catch (IllegalArgumentException e) {
      throw new InvalidSpecificationException(String.valueOf(e.getMessage()));
    }
  }
}
