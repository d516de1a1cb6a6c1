package dev.lockkeeper.attestation.release;

import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.models.InspectedModel;
import java.util.List;

/**
 * A package whose chain was verified, with the very bytes that were.
 *
 * @param modelPackage the package
 * @param contract its serving contract
 * @param startedBy the principal who started the run that made it
 * @param model the model file, inspected and of the serving shape
 * @param featureProgram the feature program's JSON
 * @param gateStatement SHA-256 of the gate statement's envelope
 * @param checks what was verified, one line each
 */
public record VerifiedPackage(
    ModelPackage modelPackage,
    ServingContract contract,
    String startedBy,
    InspectedModel model,
    byte[] featureProgram,
    String gateStatement,
    List<String> checks) {}
