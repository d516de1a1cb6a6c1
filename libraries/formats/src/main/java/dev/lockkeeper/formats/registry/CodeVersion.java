package dev.lockkeeper.formats.registry;

import org.jspecify.annotations.Nullable;

/**
 * The code that made a package.
 *
 * @param lockkeeper Lockkeeper's version
 * @param revision the revision that the worker was started with, for example a commit; null if it
 *     was not told
 * @param java the Java runtime
 * @param system operating system and processor
 */
public record CodeVersion(
    String lockkeeper, @Nullable String revision, String java, String system) {}
