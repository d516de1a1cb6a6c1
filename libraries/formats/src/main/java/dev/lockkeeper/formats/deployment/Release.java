package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.registry.ModelPackage;

/**
 * A package that may serve, with the approval that lets it.
 *
 * @param modelPackage the package
 * @param approval the approval
 * @param approvalEnvelope the signed approval statement itself (a DSSE envelope as JSON text),
 *     because the gateway reads no evidence zone
 */
public record Release(ModelPackage modelPackage, Approval approval, String approvalEnvelope) {}
