package dev.lockkeeper.contracts.features;

import dev.lockkeeper.formats.features.FeatureTable;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The features stage, on task queue {@code lockkeeper-features}. */
@ActivityInterface
public interface FeatureActivities {

  /**
   * Verifies the dataset statement, compiles the feature program and writes the training and
   * hold-out tables.
   *
   * <p>Fails with {@code EXPRESSION_INVALID}, {@code LABEL_UNUSABLE} or {@code CUSTODY_BROKEN}.
   */
  @ActivityMethod(name = "BuildFeatures")
  FeatureTable buildFeatures(BuildFeaturesInput input);
}
