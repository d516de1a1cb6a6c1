package dev.lockkeeper.activities.training;

import ai.onnx.proto.OnnxMl;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.formats.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates XGBoost's JSON model to ONNX: one TreeEnsembleRegressor over the margins, then
 * Sigmoid. XGBoost goes left when {@code x < threshold} in single precision, and its {@code
 * base_score} is a probability.
 */
final class XgboostOnnx {

  private final List<Long> treeIds = new ArrayList<>();
  private final List<Long> nodeIds = new ArrayList<>();
  private final List<Long> features = new ArrayList<>();
  private final List<Float> thresholds = new ArrayList<>();
  private final List<String> modes = new ArrayList<>();
  private final List<Long> left = new ArrayList<>();
  private final List<Long> right = new ArrayList<>();
  private final List<Long> missingLeft = new ArrayList<>();
  private final List<Long> leafTrees = new ArrayList<>();
  private final List<Long> leafNodes = new ArrayList<>();
  private final List<Float> weights = new ArrayList<>();

  static byte[] convert(byte[] json, int width) {
    try {
      JsonNode learner = Json.mapper().readTree(json).path("learner");
      XgboostOnnx trees = new XgboostOnnx();
      long id = 0;
      for (JsonNode tree : learner.path("gradient_booster").path("model").path("trees")) {
        trees.add(id++, tree);
      }
      String score =
          learner
              .path("learner_model_param")
              .path("base_score")
              .asText()
              .replaceAll("[\\[\\]]", "");
      return trees.model(width, margin(Float.parseFloat(score)));
    } catch (IOException e) {
      throw new IllegalStateException("XGBoost wrote no JSON: " + e.getMessage(), e);
    }
  }

  /** In single precision, as XGBoost itself: near 0 and 1 the exact logit is another number. */
  private static float margin(float probability) {
    return -(float) StrictMath.log(1 / probability - 1);
  }

  private void add(long id, JsonNode tree) {
    JsonNode lefts = tree.path("left_children");
    for (int node = 0; node < lefts.size(); node++) {
      if (tree.path("split_type").path(node).asInt() != 0) {
        throw new IllegalStateException(
            "the model has a categorical split, which is not translated");
      }
      boolean leaf = lefts.path(node).asInt() < 0;
      float condition = Float.parseFloat(tree.path("split_conditions").path(node).asText());
      treeIds.add(id);
      nodeIds.add((long) node);
      features.add(leaf ? 0L : tree.path("split_indices").path(node).asLong());
      thresholds.add(leaf ? 0f : condition);
      modes.add(leaf ? "LEAF" : "BRANCH_LT");
      left.add(leaf ? 0L : lefts.path(node).asLong());
      right.add(leaf ? 0L : tree.path("right_children").path(node).asLong());
      missingLeft.add(tree.path("default_left").path(node).asLong());
      if (leaf) {
        leafTrees.add(id);
        leafNodes.add((long) node);
        weights.add(condition);
      }
    }
  }

  private byte[] model(int width, float base) {
    OnnxMl.NodeProto ensemble =
        OnnxGraph.node("TreeEnsembleRegressor", OnnxGraph.ML, "features", "margin")
            .addAttribute(OnnxGraph.integers("nodes_treeids", treeIds))
            .addAttribute(OnnxGraph.integers("nodes_nodeids", nodeIds))
            .addAttribute(OnnxGraph.integers("nodes_featureids", features))
            .addAttribute(OnnxGraph.floats("nodes_values", thresholds))
            .addAttribute(OnnxGraph.texts("nodes_modes", modes))
            .addAttribute(OnnxGraph.integers("nodes_truenodeids", left))
            .addAttribute(OnnxGraph.integers("nodes_falsenodeids", right))
            .addAttribute(OnnxGraph.integers("nodes_missing_value_tracks_true", missingLeft))
            .addAttribute(OnnxGraph.integers("target_treeids", leafTrees))
            .addAttribute(OnnxGraph.integers("target_nodeids", leafNodes))
            .addAttribute(OnnxGraph.integers("target_ids", weights.stream().map(w -> 0L).toList()))
            .addAttribute(OnnxGraph.floats("target_weights", weights))
            .addAttribute(OnnxGraph.integer("n_targets", 1))
            .addAttribute(OnnxGraph.floats("base_values", List.of(base)))
            .build();
    OnnxMl.NodeProto sigmoid =
        OnnxGraph.node("Sigmoid", OnnxGraph.STANDARD, "margin", "probability").build();
    return OnnxGraph.model("xgboost", width, List.of(ensemble, sigmoid), List.of());
  }
}
