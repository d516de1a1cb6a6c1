package dev.lockkeeper.formats.monitoring;

import java.time.Instant;
import java.util.List;

/**
 * The alerts of one comparison.
 *
 * @param id the comparison's id; equal after a repetition
 * @param endpoint the endpoint
 * @param model the model's name
 * @param version the version that is watched
 * @param from when the window's first prediction was answered
 * @param to when the window's last prediction was answered
 * @param alerts what left the baseline, largest first
 */
public record RaisedAlerts(
    String id,
    String endpoint,
    String model,
    String version,
    Instant from,
    Instant to,
    List<DriftAlert> alerts) {}
