package dev.lockkeeper.formats.validation;

import org.jspecify.annotations.Nullable;

/**
 * One thing in which a candidate differs from the stable version, as people read it.
 *
 * @param subject what it is, for example {@code training rows} or {@code feature tip_share}
 * @param stable what the stable version has; null if it has none, or its records do not say
 * @param candidate what the candidate has; null if it has none
 */
public record VersionChange(String subject, @Nullable String stable, @Nullable String candidate) {}
