package dev.lockkeeper.starter;

import java.util.List;

/**
 * What the launcher adds to the command line because the starter may not know it.
 *
 * @param expressions checks expressions
 * @param telemetry starts tracing
 * @param commands further subcommands (picocli {@code @Command} objects)
 */
public record Extras(ExpressionCheck expressions, Telemetry telemetry, List<Object> commands) {}
