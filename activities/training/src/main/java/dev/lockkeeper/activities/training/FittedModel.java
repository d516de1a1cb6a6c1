package dev.lockkeeper.activities.training;

/** A model that was fitted and can be written as ONNX. */
@FunctionalInterface
public interface FittedModel {

  /**
   * The model file: input {@code features} FLOAT [N, F] (missing is NaN), output {@code
   * probability} FLOAT [N, 1], for any N. Equal models give equal bytes.
   */
  byte[] toOnnx() throws Exception;
}
