package dev.lockkeeper.serving;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;

/** Models of two features, made for tests. */
final class Models {

  private Models() {}

  /** {@code probability = sigmoid(features · weights)}. */
  static byte[] logistic(float... weights) {
    return model(
        List.of(tensor("weights", weights.length, 1, weights)),
        List.of(
            node("MatMul", "logit", "features", "weights"),
            node("Sigmoid", "probability", "logit")));
  }

  /** {@code probability = features · weights}: whatever comes out. */
  static byte[] linear(float... weights) {
    return model(
        List.of(tensor("weights", weights.length, 1, weights)),
        List.of(node("MatMul", "probability", "features", "weights")));
  }

  /** A right answer that takes 2 million multiplications a row. */
  static byte[] slow() {
    float[] wide = new float[2 * 1_000];
    float[] square = new float[1_000 * 1_000];
    return model(
        List.of(
            tensor("widen", 2, 1_000, wide),
            tensor("square", 1_000, 1_000, square),
            tensor("narrow", 1_000, 1, new float[1_000])),
        List.of(
            node("MatMul", "a", "features", "widen"),
            node("MatMul", "b", "a", "square"),
            node("MatMul", "c", "b", "square"),
            node("MatMul", "logit", "c", "narrow"),
            node("Sigmoid", "probability", "logit")));
  }

  private static byte[] model(List<TensorProto> constants, List<NodeProto> nodes) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .setGraph(
            GraphProto.newBuilder()
                .setName("model")
                .addInput(value("features", 2))
                .addOutput(value("probability", 1))
                .addAllInitializer(constants)
                .addAllNode(nodes))
        .build()
        .toByteArray();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setName(output)
        .setOpType(operator)
        .addAllInput(Arrays.asList(inputs))
        .addOutput(output)
        .build();
  }

  private static TensorProto tensor(String name, int rows, int columns, float[] values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(rows)
            .addDims(columns);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static ValueInfoProto value(String name, long columns) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
            .build();
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
