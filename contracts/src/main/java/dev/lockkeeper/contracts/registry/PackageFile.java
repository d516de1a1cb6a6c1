package dev.lockkeeper.contracts.registry;

import dev.lockkeeper.contracts.artifact.ArtifactRef;

/**
 * A file of a package.
 *
 * @param name its flat name inside the package, for example {@code model.onnx}
 * @param artifact its bytes (models zone)
 */
public record PackageFile(String name, ArtifactRef artifact) {}
