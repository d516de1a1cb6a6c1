package dev.lockkeeper.formats.registry;

/**
 * A stage's signed statement in a package.
 *
 * @param stage the stage, by its role's name, for example {@code training}
 * @param file the file of the package that contains the envelope
 */
public record PackageStatement(String stage, String file) {}
