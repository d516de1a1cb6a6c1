package dev.lockkeeper.formats.registry;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import java.util.List;

/**
 * An immutable model package: the ten files that {@link PackageFile} names.
 *
 * @param model the model's name
 * @param version the version
 * @param rootDigest the OpenSSF Model Signing root: SHA-256 over the concatenated raw file digests
 *     in name order
 * @param files the files, by name
 * @param signature the OpenSSF Model Signing bundle (models zone)
 * @param evidence the signed registry statement
 */
public record ModelPackage(
    String model,
    String version,
    String rootDigest,
    List<PackageFile> files,
    ArtifactRef signature,
    Evidence evidence) {}
