package dev.lockkeeper.contracts.pipeline;

import dev.lockkeeper.formats.pipeline.PipelineSpecification;

/**
 * What a run is started with.
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
    String traceId) {}
