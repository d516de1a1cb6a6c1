package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The values of a graph in the order in which they come to be, with a bound of their size for one
 * row. Operators that make something large out of something small must take their size from a
 * constant.
 */
final class ValueSizes {

  /** The most elements a value may have for one row. */
  static final long MAXIMUM_ELEMENTS = 1 << 24;

  private static final int LONGEST_SHAPE = 8;
  private static final Set<String> GROWING = Set.of("ConstantOfShape", "Expand", "Tile");

  private final Map<String, Double> elements = new HashMap<>();
  private final Map<String, double[]> smallConstants = new HashMap<>();

  void define(String name, double size, String where) {
    if (elements.put(name, Math.max(1, size)) != null) {
      throw new ModelRefusedException(where + " defines value '" + name + "' again");
    }
  }

  void require(String name, String where) {
    if (!elements.containsKey(name)) {
      throw new ModelRefusedException(where + " take value '" + name + "', which nothing makes");
    }
  }

  /** Keeps a constant from which a size may be taken. */
  void remember(String name, double size, Supplier<double[]> numbers) {
    if (size <= LONGEST_SHAPE) {
      smallConstants.put(name, numbers.get());
    }
  }

  void node(NodeProto node, String where) {
    List<Double> inputs = new ArrayList<>();
    for (String input : node.getInputList()) {
      if (!input.isEmpty()) {
        require(input, "the inputs of " + where);
        inputs.add(elements.getOrDefault(input, 1.0));
      }
    }
    double size = size(node, inputs, where);
    if (size > MAXIMUM_ELEMENTS) {
      throw new ModelRefusedException(
          where + " makes more than " + MAXIMUM_ELEMENTS + " elements out of one row");
    }
    for (String output : node.getOutputList()) {
      if (!output.isEmpty()) {
        define(output, size, where);
      }
    }
    if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
      remember(node.getOutput(0), size, () -> constant(node));
    }
  }

  private double size(NodeProto node, List<Double> inputs, String where) {
    double largest = inputs.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    if (GROWING.contains(node.getOpType())) {
      boolean fromNothing = node.getOpType().equals("ConstantOfShape");
      double factor = 1;
      for (double dimension : sizeInput(node, fromNothing ? 0 : 1, where)) {
        if (dimension < 1) {
          throw new ModelRefusedException(where + " makes something of size " + dimension);
        }
        factor *= dimension;
      }
      return fromNothing ? factor : largest * factor;
    }
    return switch (node.getOpType()) {
      case "Range" -> range(node, where);
      case "TreeEnsembleRegressor" -> Math.max(largest, targets(node));
      case "Concat" -> inputs.stream().mapToDouble(Double::doubleValue).sum();
      case "Gather", "ArrayFeatureExtractor" ->
          inputs.stream().mapToDouble(Double::doubleValue).reduce(1, (a, b) -> a * b);
      case "Constant" -> constant(node).length;
      default -> largest;
    };
  }

  private static double targets(NodeProto node) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("n_targets"))
        .mapToDouble(AttributeProto::getI)
        .sum();
  }

  private double range(NodeProto node, String where) {
    double[] ends = new double[3];
    for (int i = 0; i < ends.length; i++) {
      double[] value = sizeInput(node, i, where);
      if (value.length != 1) {
        throw new ModelRefusedException(where + " has an end that is not a single number");
      }
      ends[i] = value[0];
    }
    double steps = Math.ceil((ends[1] - ends[0]) / ends[2]);
    if (steps < 1) {
      throw new ModelRefusedException(where + " makes something of size " + steps);
    }
    return Double.isNaN(steps) ? Double.POSITIVE_INFINITY : steps;
  }

  private double[] sizeInput(NodeProto node, int index, String where) {
    double[] known = node.getInputCount() > index ? smallConstants.get(node.getInput(index)) : null;
    if (known == null) {
      throw new ModelRefusedException(where + " takes its size from something not constant");
    }
    return known;
  }

  private static double[] constant(NodeProto node) {
    AttributeProto attribute = node.getAttributeCount() == 1 ? node.getAttribute(0) : null;
    if (attribute == null) {
      throw new ModelRefusedException("a Constant needs exactly one attribute");
    }
    return switch (attribute.getType()) {
      case TENSOR -> numbers(attribute.getT());
      case INT -> new double[] {attribute.getI()};
      case INTS -> attribute.getIntsList().stream().mapToDouble(Long::doubleValue).toArray();
      case FLOAT -> new double[] {attribute.getF()};
      case FLOATS -> attribute.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray();
      default -> new double[Math.max(1, attribute.getStringsCount())];
    };
  }

  static double[] numbers(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int count = (int) tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b).longValue();
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          switch (type) {
            case FLOAT -> raw.hasRemaining() ? raw.getFloat() : tensor.getFloatData(i);
            case DOUBLE -> raw.hasRemaining() ? raw.getDouble() : tensor.getDoubleData(i);
            case INT64 -> raw.hasRemaining() ? raw.getLong() : tensor.getInt64Data(i);
            case INT32 -> raw.hasRemaining() ? raw.getInt() : tensor.getInt32Data(i);
            case BOOL, UINT8, INT8 -> raw.hasRemaining() ? raw.get() : tensor.getInt32Data(i);
            default -> 0;
          };
    }
    return numbers;
  }
}
