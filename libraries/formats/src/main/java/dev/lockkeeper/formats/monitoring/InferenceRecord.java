package dev.lockkeeper.formats.monitoring;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answered prediction with its lineage: a line of a segment (JSON lines) in the inference-log
 * zone, under the name {@code ENDPOINT/MILLIS-INSTANCE-N.jsonl} with MILLIS in 15 digits, written
 * once.
 *
 * @param requestId the request's id
 * @param time when it was answered
 * @param endpoint the endpoint
 * @param version the version that answered
 * @param packageRoot root digest of the package that answered
 * @param sequence the serving manifest in force
 * @param canary whether the request was routed to the candidate
 * @param fellBack whether the stable version answered in place of the candidate
 * @param features feature values in model order; null where missing
 * @param prediction the probability that was answered
 */
public record InferenceRecord(
    String requestId,
    Instant time,
    String endpoint,
    String version,
    String packageRoot,
    long sequence,
    boolean canary,
    boolean fellBack,
    List<@Nullable Float> features,
    double prediction) {}
