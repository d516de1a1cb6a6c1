package dev.lockkeeper.formats.monitoring;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One comparison.
 *
 * @param cursor where the inference log was read to; unchanged if there were too few rows
 * @param rows predictions compared; 0 if there were too few
 * @param alerts what left the baseline
 * @param report the machine-readable comparison (reports zone); null if nothing was compared
 * @param evidence the signed monitoring statement; null if nothing was compared
 */
public record WindowComparison(
    String cursor,
    long rows,
    List<DriftAlert> alerts,
    @Nullable ArtifactRef report,
    @Nullable Evidence evidence) {}
