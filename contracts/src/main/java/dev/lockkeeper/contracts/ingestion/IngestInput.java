package dev.lockkeeper.contracts.ingestion;

import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.run.RunContext;

/**
 * Input of the ingestion stage.
 *
 * @param run the run
 * @param source the file
 * @param contract what it must look like
 */
public record IngestInput(RunContext run, SourceSpecification source, DataContract contract) {}
