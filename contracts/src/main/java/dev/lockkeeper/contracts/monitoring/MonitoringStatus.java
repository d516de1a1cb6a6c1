package dev.lockkeeper.contracts.monitoring;

import dev.lockkeeper.formats.monitoring.DriftAlert;
import java.util.List;

/**
 * A monitoring workflow as it stands.
 *
 * @param endpoint the endpoint
 * @param version the version that is watched
 * @param windows windows compared
 * @param alerts alerts raised
 * @param latest the alerts of the last window that raised any
 */
public record MonitoringStatus(
    String endpoint, String version, long windows, long alerts, List<DriftAlert> latest) {}
