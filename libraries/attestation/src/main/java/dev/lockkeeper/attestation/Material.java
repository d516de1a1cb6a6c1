package dev.lockkeeper.attestation;

/**
 * What a stage took in (SLSA {@code resolvedDependencies}).
 *
 * @param uri what it is
 * @param sha256 its digest
 */
public record Material(String uri, String sha256) {}
