package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values that are surely matrices with rows and columns. The classic operators take nothing
 * else: handed a scalar or an empty value, some of them end the whole process (ONNX Runtime 1.28).
 */
final class MatrixShapeCheck {

  private static final int RANK = 2;

  /** Give a matrix where every input is a matrix, or a constant of no more dimensions. */
  private static final Set<String> KEEPING =
      Set.of(
          ("Abs Add And BatchNormalization Cast Ceil Clip Concat Div Elu Equal Erf Exp Flatten"
                  + " Floor Gemm Greater GreaterOrEqual HardSigmoid Identity IsInf IsNaN LeakyRelu"
                  + " Less LessOrEqual Log LogSoftmax Max Mean Min Mul Neg Not Or PRelu Pow"
                  + " Reciprocal Relu Round Selu Sigmoid Sign Softmax Softplus Softsign Sqrt Sub"
                  + " Sum Tanh Transpose Where Xor")
              .split(" "));

  private final Set<String> matrices = new HashSet<>();
  private final Set<String> flatConstants = new HashSet<>();
  private final Set<String> matrixConstants = new HashSet<>();

  void input(ValueInfoProto input) {
    TensorShapeProto shape = input.getType().getTensorType().getShape();
    if (shape.getDimCount() == RANK && shape.getDim(1).getDimValue() > 0) {
      matrices.add(input.getName());
    }
  }

  void constant(String name, int rank) {
    if (rank <= RANK) {
      flatConstants.add(name);
    }
    if (rank == RANK) {
      matrixConstants.add(name);
    }
  }

  void node(NodeProto node, String where) {
    List<String> inputs = node.getInputList();
    boolean first = !inputs.isEmpty() && matrices.contains(inputs.get(0));
    if (Operators.isClassic(node.getDomain())) {
      if (!first) {
        throw new ModelRefusedException(where + " takes something that is not surely a matrix");
      }
      int scores = node.getOpType().endsWith("Classifier") ? 1 : 0;
      if (node.getOutputCount() > scores) {
        matrices.add(node.getOutput(scores));
      }
    } else if (gives(node, first)) {
      matrices.add(node.getOutput(0));
    }
  }

  private boolean gives(NodeProto node, boolean first) {
    List<String> inputs = node.getInputList();
    return switch (node.getOpType()) {
      case "MatMul" -> first && inputs.size() == RANK && matrixConstants.contains(inputs.get(1));
      default ->
          KEEPING.contains(node.getOpType())
              && inputs.stream().anyMatch(matrices::contains)
              && inputs.stream()
                  .allMatch(i -> i.isEmpty() || matrices.contains(i) || flatConstants.contains(i));
    };
  }
}
