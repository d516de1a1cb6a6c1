package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.registry.ModelPackage;

/**
 * A package that may serve, with the approval that lets it.
 *
 * @param modelPackage the package
 * @param approvalEnvelope the signed approval statement (a DSSE envelope as JSON text), because the
 *     gateway reads no evidence zone
 */
public record Release(ModelPackage modelPackage, String approvalEnvelope) {}
