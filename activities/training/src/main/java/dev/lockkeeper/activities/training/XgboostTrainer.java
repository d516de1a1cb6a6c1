package dev.lockkeeper.activities.training;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Gradient-boosted trees by XGBoost (Chen and Guestrin, 2016), histogram method, logistic loss. */
public final class XgboostTrainer implements Trainer {

  private static final List<Hyperparameter> PARAMETERS =
      List.of(
          new Hyperparameter("rounds", 100, 1, 10_000, true),
          new Hyperparameter("max_depth", 6, 1, 16, true),
          new Hyperparameter("eta", 0.3, 1e-4, 1, false),
          new Hyperparameter("gamma", 0, 0, 1e6, false),
          new Hyperparameter("min_child_weight", 1, 0, 1e6, false),
          new Hyperparameter("subsample", 1, 0.01, 1, false),
          new Hyperparameter("colsample_bytree", 1, 0.01, 1, false),
          new Hyperparameter("lambda", 1, 0, 1e6, false),
          new Hyperparameter("alpha", 0, 0, 1e6, false),
          new Hyperparameter("max_bin", 256, 2, 4_096, true),
          new Hyperparameter("scale_pos_weight", 1, 1e-3, 1e3, false));

  /** XGBoost's binary form of its model file. */
  private static final String CHECKPOINT = "ubj";

  @Override
  public String name() {
    return "xgboost";
  }

  @Override
  public SortedMap<String, String> resolve(Map<String, String> given) {
    return Hyperparameter.resolve(name(), PARAMETERS, given);
  }

  @Override
  public FittedModel fit(
      TrainingTable table, SortedMap<String, String> parameters, long seed, Checkpoints checkpoints)
      throws XGBoostError, IOException {
    DMatrix matrix = new DMatrix(table.features(), table.rows(), table.width(), Float.NaN);
    try {
      matrix.setLabel(table.labels());
      Map<String, Object> settings = new HashMap<>(parameters);
      int rounds = Integer.parseInt(String.valueOf(settings.remove("rounds")));
      settings.put("objective", "binary:logistic");
      settings.put("tree_method", "hist");
      settings.put("seed", seed);
      settings.put("nthread", Math.min(2, Runtime.getRuntime().availableProcessors()));
      settings.put("verbosity", 1);
      // Sampling draws from a generator whose state is in no model file.
      boolean resumable =
          number(settings, "subsample") == 1 && number(settings, "colsample_bytree") == 1;
      Booster booster = begin(matrix, settings, checkpoints);
      try {
        for (int round = booster.getNumBoostedRound(); round < rounds; round++) {
          booster.update(matrix, round);
          checkpoints.tell("round " + (round + 1) + " of " + rounds);
          if (resumable && checkpoints.due()) {
            checkpoints.keep(booster.toByteArray(CHECKPOINT));
          }
        }
        byte[] json = booster.toByteArray("json");
        return () -> XgboostOnnx.convert(json, table.width());
      } finally {
        booster.dispose();
      }
    } finally {
      matrix.dispose();
    }
  }

  private static double number(Map<String, Object> settings, String name) {
    return Double.parseDouble(String.valueOf(settings.get(name)));
  }

  private static Booster begin(
      DMatrix matrix, Map<String, Object> settings, Checkpoints checkpoints)
      throws XGBoostError, IOException {
    Optional<byte[]> last = checkpoints.last();
    if (last.isEmpty()) {
      return XGBoost.train(matrix, settings, 0, new HashMap<>(), null, null);
    }
    Booster booster = XGBoost.loadModel(last.get());
    booster.setParams(settings);
    return booster;
  }
}
