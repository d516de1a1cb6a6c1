package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model file that {@link ModelFileInspector} accepted, with its bytes. Only the inspector makes
 * one, so whoever takes it takes an inspected file and need not parse it again.
 */
public final class InspectedModel {

  /** The name of the one input, FLOAT [N, F]. */
  public static final String INPUT = "features";

  /** The name of the one output, FLOAT [N, 1]. */
  public static final String OUTPUT = "probability";

  private final byte[] bytes;
  private final ModelFormat format;
  private final List<ValueInfoProto> inputs;
  private final List<ValueInfoProto> outputs;

  InspectedModel(byte[] bytes, ModelFormat format, GraphProto graph) {
    this.bytes = bytes;
    this.format = format;
    Set<String> constants =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    this.inputs =
        graph.getInputList().stream().filter(i -> !constants.contains(i.getName())).toList();
    this.outputs = List.copyOf(graph.getOutputList());
  }

  /** The file that was inspected. The array is not copied: do not write to it. */
  public byte[] bytes() {
    return bytes;
  }

  /** What the file consists of. */
  public ModelFormat format() {
    return format;
  }

  /**
   * Requires the serving shape: one input {@value #INPUT} FLOAT [N, F], one output {@value #OUTPUT}
   * FLOAT [N, 1].
   *
   * @param features F
   * @throws ModelRefusedException if the model has another shape
   */
  public void requireShape(int features) {
    requireValue("input", inputs, INPUT, features);
    requireValue("output", outputs, OUTPUT, 1);
  }

  private static void requireValue(
      String kind, List<ValueInfoProto> values, String name, long columns) {
    String found = values.stream().map(InspectedModel::describe).collect(Collectors.joining(", "));
    if (!found.matches(name + " FLOAT \\[[^,]+, " + columns + "]")
        || values.size() != 1
        || values.get(0).getType().getTensorType().getShape().getDim(0).hasDimValue()) {
      throw new ModelRefusedException(
          "expected one "
              + kind
              + " '"
              + name
              + "' FLOAT [N, "
              + columns
              + "], found "
              + (found.isEmpty() ? "none" : found));
    }
  }

  private static String describe(ValueInfoProto value) {
    var tensor = value.getType().getTensorType();
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getElemType());
    String shape =
        tensor.getShape().getDimList().stream()
            .map(InspectedModel::describe)
            .collect(Collectors.joining(", ", "[", "]"));
    return value.getName() + " " + type + " " + shape;
  }

  private static String describe(TensorShapeProto.Dimension dimension) {
    return dimension.hasDimValue() ? Long.toString(dimension.getDimValue()) : "N";
  }
}
