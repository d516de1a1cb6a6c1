package dev.lockkeeper.activities.training;

import java.util.Map;
import java.util.SortedMap;

/**
 * Fits a binary classifier and writes it as ONNX. Found by {@link java.util.ServiceLoader} in the
 * child process, by name.
 */
public interface Trainer {

  /** The name that pipelines use. */
  String name();

  /**
   * The hyperparameters in force: those given and the defaults of the rest.
   *
   * @throws IllegalArgumentException for an unknown parameter or a value out of range; the message
   *     names it
   */
  SortedMap<String, String> resolve(Map<String, String> given);

  /**
   * Fits a model. Equal table, parameters and seed give an equal model, interrupted or not.
   *
   * @param parameters what {@link #resolve} answered
   */
  FittedModel fit(
      TrainingTable table, SortedMap<String, String> parameters, long seed, Checkpoints checkpoints)
      throws Exception;
}
