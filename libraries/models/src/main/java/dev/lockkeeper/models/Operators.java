package dev.lockkeeper.models;

import java.util.Set;

/** The operators that are served: pure functions whose cost is bounded by their inputs' size. */
final class Operators {

  private static final String ML = "ai.onnx.ml";

  private static final Set<String> GENERAL =
      Set.of(
          ("Abs Add And ArgMax ArgMin BatchNormalization Cast Ceil Clip Concat Constant"
                  + " ConstantOfShape Div Elu Equal Erf Exp Expand Flatten Floor Gather Gemm Greater"
                  + " GreaterOrEqual HardSigmoid Identity IsInf IsNaN LeakyRelu Less LessOrEqual Log"
                  + " LogSoftmax MatMul Max Mean Min Mul Neg Not Or PRelu Pow Range Reciprocal"
                  + " ReduceMax ReduceMean ReduceMin ReduceSum Relu Reshape Round Selu Shape Sigmoid"
                  + " Sign Slice Softmax Softplus Softsign Sqrt Squeeze Sub Sum Tanh Tile"
                  + " Transpose Unsqueeze Where Xor")
              .split(" "));

  private static final Set<String> CLASSIC =
      Set.of(
          ("ArrayFeatureExtractor Binarizer Imputer LinearClassifier"
                  + " LinearRegressor Normalizer Scaler SVMClassifier SVMRegressor"
                  + " TreeEnsembleClassifier TreeEnsembleRegressor")
              .split(" "));

  private Operators() {}

  static boolean isClassic(String domain) {
    return domain.equals(ML);
  }

  /** A domain's name for people. */
  static String name(String domain) {
    return domain.isEmpty() ? "ai.onnx" : domain;
  }

  static void requireDomain(String domain) {
    if (!domain.isEmpty() && !domain.equals(ML)) {
      throw new ModelRefusedException(
          "operator domain '" + domain + "'; only the default domain and 'ai.onnx.ml' are served");
    }
  }

  static void require(String domain, String operator) {
    requireDomain(domain);
    if (!(domain.isEmpty() ? GENERAL : CLASSIC).contains(operator)) {
      throw new ModelRefusedException(
          "operator '"
              + operator
              + "' of '"
              + name(domain)
              + "' is not on the list of those served");
    }
  }
}
