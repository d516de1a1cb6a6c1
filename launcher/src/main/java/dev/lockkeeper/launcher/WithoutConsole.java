package dev.lockkeeper.launcher;

/**
 * The configuration of {@code java.util.logging}, which gRPC logs to: no handler, since the one
 * that it has by default prints stack traces between the answers of a command.
 */
public final class WithoutConsole {}
