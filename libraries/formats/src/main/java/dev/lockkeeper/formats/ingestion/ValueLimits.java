package dev.lockkeeper.formats.ingestion;

import org.jspecify.annotations.Nullable;

/**
 * Further limits of a column's values (ODCS v3.1 {@code logicalTypeOptions}); null where there is
 * none.
 *
 * @param exclusiveMinimum every number or time is above it
 * @param exclusiveMaximum every number or time is below it
 * @param multipleOf every number is a multiple of it
 * @param minLength every string has at least so many characters
 * @param maxLength every string has at most so many characters
 * @param timeFormat every time is written so, in the letters of {@code strptime}; null for ISO
 *     forms and seconds since 1970
 */
public record ValueLimits(
    @Nullable Double exclusiveMinimum,
    @Nullable Double exclusiveMaximum,
    @Nullable Double multipleOf,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable String timeFormat) {}
