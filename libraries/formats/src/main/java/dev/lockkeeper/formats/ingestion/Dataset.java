package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of the ingestion stage.
 *
 * @param raw the source file's bytes in the raw zone
 * @param processed typed Parquet (columns in contract order, source row order); null if the
 *     contract was broken
 * @param rows rows read
 * @param breaches broken rules, at most fifty; empty if the data set is accepted
 * @param report the machine-readable contract report (reports zone)
 * @param evidence the signed dataset statement
 */
public record Dataset(
    ArtifactRef raw,
    @Nullable ArtifactRef processed,
    long rows,
    List<ContractBreach> breaches,
    ArtifactRef report,
    Evidence evidence) {}
