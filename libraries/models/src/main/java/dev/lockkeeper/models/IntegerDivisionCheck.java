package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that are integers. Whoever divides those by zero ends the whole process, and a request
 * may bring the zero.
 */
final class IntegerDivisionCheck {

  private static final Set<DataType> TYPES =
      EnumSet.of(
          DataType.INT8,
          DataType.INT16,
          DataType.INT32,
          DataType.INT64,
          DataType.UINT8,
          DataType.UINT16,
          DataType.UINT32,
          DataType.UINT64);

  /** Operators that divide, with how many of their inputs are numbers that take part. */
  private static final Map<String, Integer> DIVIDING = Map.of("Div", 2, "ReduceMean", 1);

  private final Set<String> names = new HashSet<>();

  void constant(TensorProto tensor) {
    if (isWhole(tensor.getDataType())) {
      names.add(tensor.getName());
    }
  }

  void node(NodeProto node, String where) {
    int operands = DIVIDING.getOrDefault(node.getOpType(), 0);
    if (node.getInputList().stream().limit(operands).anyMatch(names::contains)) {
      throw new ModelRefusedException(where + " divides integers; cast them to FLOAT before");
    }
    if (gives(node)) {
      names.addAll(node.getOutputList());
    }
  }

  private boolean gives(NodeProto node) {
    return switch (node.getOpType()) {
      case "ArgMax", "ArgMin", "Shape" -> true;
      case "Cast" -> isWhole((int) attribute(node, "to").getI());
      case "Constant", "ConstantOfShape" ->
          node.getAttributeList().stream()
              .anyMatch(
                  a -> isWhole(a.getT().getDataType()) || a.getName().startsWith("value_int"));
      case "LinearClassifier", "SVMClassifier", "TreeEnsembleClassifier" -> false;
      case "Where" -> node.getInputCount() > 1 && names.contains(node.getInput(1));
      default -> node.getInputCount() > 0 && names.contains(node.getInput(0));
    };
  }

  private static AttributeProto attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals(name))
        .findFirst()
        .orElse(AttributeProto.getDefaultInstance());
  }

  private static boolean isWhole(int type) {
    @Nullable DataType known = DataType.forNumber(type);
    return known != null && TYPES.contains(known);
  }
}
