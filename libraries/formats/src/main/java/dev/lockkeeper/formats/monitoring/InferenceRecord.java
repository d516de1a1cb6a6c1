package dev.lockkeeper.formats.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.formats.deployment.ArmRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answered prediction with its lineage: a line of a {@link LogSegment} (JSON lines) in the
 * inference-log zone, written once.
 *
 * @param requestId the request's id
 * @param time when it was answered
 * @param endpoint the endpoint
 * @param version the version that answered
 * @param packageRoot root digest of the package that answered
 * @param sequence the serving manifest in force
 * @param arm the arm that the request was routed to
 * @param fellBack whether the stable version answered in place of that arm
 * @param entityKeys which entity the row is about, by the name of its key; empty if the feature set
 *     has no entities
 * @param inputs the row's raw inputs as they were sent, by column
 * @param features feature values in model order; null where missing
 * @param prediction the probability that was answered
 * @param extensions what others add, under names of their own such as {@code example.com/tenant}; a
 *     reader leaves alone what it does not know
 */
public record InferenceRecord(
    String requestId,
    Instant time,
    String endpoint,
    String version,
    String packageRoot,
    long sequence,
    ArmRole arm,
    boolean fellBack,
    Map<String, String> entityKeys,
    Map<String, JsonNode> inputs,
    List<@Nullable Float> features,
    double prediction,
    Map<String, JsonNode> extensions) {}
