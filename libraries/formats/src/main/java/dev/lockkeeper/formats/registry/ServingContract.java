package dev.lockkeeper.formats.registry;

import dev.lockkeeper.formats.ingestion.ColumnContract;
import java.util.List;

/**
 * What the gateway must accept, run and answer for a model ({@code serving-contract.json}).
 *
 * @param model the model's name
 * @param version the version
 * @param inputs the contract columns that the feature program reads
 * @param featureProgram hexadecimal SHA-256 of {@code features.json}
 * @param featureSetVersion the feature set's version
 * @param featureNames features in model order
 * @param modelDigest hexadecimal SHA-256 of {@code model.onnx}
 * @param decisionThreshold a prediction at or above it is positive
 * @param positiveLabel the label's name
 */
public record ServingContract(
    String model,
    String version,
    List<ColumnContract> inputs,
    String featureProgram,
    String featureSetVersion,
    List<String> featureNames,
    String modelDigest,
    double decisionThreshold,
    String positiveLabel) {}
