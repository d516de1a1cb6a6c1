package dev.lockkeeper.starter;

import java.util.List;

/**
 * What the launcher adds to the command line because the starter may not know it.
 *
 * @param check checks pipelines
 * @param telemetry starts tracing
 * @param offlineRollback rolls back without a server
 * @param commands further subcommands (picocli {@code @Command} objects)
 */
public record CliExtensions(
    SpecificationCheck check,
    Telemetry telemetry,
    OfflineRollback offlineRollback,
    List<Object> commands) {}
