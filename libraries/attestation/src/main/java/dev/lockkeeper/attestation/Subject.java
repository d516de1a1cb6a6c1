package dev.lockkeeper.attestation;

/**
 * What a statement is about.
 *
 * @param name its name for people
 * @param sha256 its digest
 */
public record Subject(String name, String sha256) {}
