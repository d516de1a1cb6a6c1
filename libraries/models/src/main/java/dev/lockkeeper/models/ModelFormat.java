package dev.lockkeeper.models;

import java.util.SortedMap;

/**
 * What a model file consists of.
 *
 * @param irVersion the version of the ONNX format
 * @param operatorSets operator set domain ({@code ai.onnx} for the default one) to version
 * @param operators operator to number of nodes
 */
public record ModelFormat(
    long irVersion, SortedMap<String, Long> operatorSets, SortedMap<String, Integer> operators) {}
