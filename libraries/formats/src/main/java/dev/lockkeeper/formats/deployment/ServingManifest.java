package dev.lockkeeper.formats.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint serves: the payload of a DSSE envelope signed by the deployment role, in the
 * deployments zone under the name {@code ENDPOINT/SEQUENCE}, never overwritten. The highest
 * sequence is in force.
 *
 * @param endpoint the endpoint
 * @param sequence from 1, without gaps
 * @param createdAt when it was made
 * @param stable what serves; null before the first promotion
 * @param candidate what is tried; null outside a canary
 * @param candidatePercent share of the traffic for the candidate, 0 to 100
 * @param reason why this manifest was made, in one line
 */
public record ServingManifest(
    String endpoint,
    long sequence,
    Instant createdAt,
    @Nullable Release stable,
    @Nullable Release candidate,
    int candidatePercent,
    String reason) {}
