package dev.lockkeeper.activities.training;

import ai.onnx.proto.OnnxMl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.math3.linear.RealVector;

/**
 * Logistic regression by Newton's method with an L2 penalty on the slopes, on standardised
 * features; a missing value takes its feature's mean. Imputation and standardisation are part of
 * the ONNX graph.
 */
public final class LogisticRegressionTrainer implements Trainer {

  private static final List<Hyperparameter> PARAMETERS =
      List.of(
          new Hyperparameter("l2", 1, 1e-6, 1e6, false),
          new Hyperparameter("iterations", 50, 1, 1_000, true),
          new Hyperparameter("tolerance", 1e-8, 1e-12, 1e-2, false));

  @Override
  public String name() {
    return "logistic-regression";
  }

  @Override
  public SortedMap<String, String> resolve(Map<String, String> given) {
    return Hyperparameter.resolve(name(), PARAMETERS, given);
  }

  @Override
  public FittedModel fit(
      TrainingTable table,
      SortedMap<String, String> parameters,
      long seed,
      Checkpoints checkpoints) {
    Standardisation scale = Standardisation.of(table);
    RealVector weights =
        new LogisticFit(table, scale, number(parameters, "l2"))
            .solve((int) number(parameters, "iterations"), number(parameters, "tolerance"));
    return () -> export(scale, weights, table.width());
  }

  private static byte[] export(Standardisation scale, RealVector weights, int width) {
    List<Float> slopes = new ArrayList<>();
    for (int j = 1; j <= width; j++) {
      slopes.add((float) weights.getEntry(j));
    }
    OnnxMl.NodeProto imputer =
        OnnxGraph.node("Imputer", OnnxGraph.ML, "features", "imputed")
            .addAttribute(OnnxGraph.floats("imputed_value_floats", scale.means()))
            .addAttribute(OnnxGraph.single("replaced_value_float", Float.NaN))
            .build();
    OnnxMl.NodeProto scaler =
        OnnxGraph.node("Scaler", OnnxGraph.ML, "imputed", "scaled")
            .addAttribute(OnnxGraph.floats("offset", scale.means()))
            .addAttribute(OnnxGraph.floats("scale", scale.inverseDeviations()))
            .build();
    OnnxMl.NodeProto product =
        OnnxGraph.node("MatMul", OnnxGraph.STANDARD, "scaled", "product")
            .addInput("slopes")
            .build();
    OnnxMl.NodeProto margin =
        OnnxGraph.node("Add", OnnxGraph.STANDARD, "product", "margin")
            .addInput("intercept")
            .build();
    OnnxMl.NodeProto sigmoid =
        OnnxGraph.node("Sigmoid", OnnxGraph.STANDARD, "margin", "probability").build();
    return OnnxGraph.model(
        "logistic-regression",
        width,
        List.of(imputer, scaler, product, margin, sigmoid),
        List.of(
            OnnxGraph.tensor("slopes", slopes, width, 1),
            OnnxGraph.tensor("intercept", List.of((float) weights.getEntry(0)), 1)));
  }

  private static double number(SortedMap<String, String> parameters, String name) {
    return Double.parseDouble(String.valueOf(parameters.get(name)));
  }
}
