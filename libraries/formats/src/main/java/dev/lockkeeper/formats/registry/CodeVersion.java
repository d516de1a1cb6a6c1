package dev.lockkeeper.formats.registry;

import org.jspecify.annotations.Nullable;

/**
 * The code that made a package.
 *
 * @param lockkeeper Lockkeeper's version
 * @param revision the commit that the worker was built from, with {@code -dirty} behind it if the
 *     tree was changed; null if nothing tells it
 * @param java the Java runtime
 * @param system operating system and processor
 */
public record CodeVersion(
    String lockkeeper, @Nullable String revision, String java, String system) {}
