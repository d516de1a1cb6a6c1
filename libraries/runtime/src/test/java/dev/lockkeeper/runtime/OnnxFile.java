package dev.lockkeeper.runtime;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lockkeeper.models.InspectedModel;
import dev.lockkeeper.models.ModelFileInspector;
import java.util.Arrays;

/** Models of two features, made for tests. */
final class OnnxFile {

  private final GraphProto.Builder graph =
      GraphProto.newBuilder()
          .setName("model")
          .addInput(value("features", 2))
          .addOutput(value("probability", 1));

  /** {@code probability = sigmoid(features · weights)}. */
  static InspectedModel logistic(float... weights) {
    return new OnnxFile()
        .constant("weights", weights.length, 1, weights)
        .node("MatMul", "logit", "features", "weights")
        .node("Sigmoid", "probability", "logit")
        .inspected();
  }

  /** {@code probability = features · weights}: whatever comes out. */
  static InspectedModel linear(float... weights) {
    return new OnnxFile()
        .constant("weights", weights.length, 1, weights)
        .node("MatMul", "probability", "features", "weights")
        .inspected();
  }

  /** A valid answer after 2 million multiplications a row. */
  static InspectedModel slow() {
    return new OnnxFile()
        .constant("widen", 2, 1_000, new float[2 * 1_000])
        .constant("square", 1_000, 1_000, new float[1_000 * 1_000])
        .constant("narrow", 1_000, 1, new float[1_000])
        .node("MatMul", "a", "features", "widen")
        .node("MatMul", "b", "a", "square")
        .node("MatMul", "c", "b", "square")
        .node("MatMul", "logit", "c", "narrow")
        .node("Sigmoid", "probability", "logit")
        .inspected();
  }

  OnnxFile node(String operator, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(operator)
            .addAllInput(Arrays.asList(inputs))
            .addOutput(output));
    return this;
  }

  OnnxFile constant(String name, int rows, int columns, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT.getNumber())
            .addDims(rows)
            .addDims(columns);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  InspectedModel inspected() {
    return ModelFileInspector.inspect(
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
            .setGraph(graph)
            .build()
            .toByteArray());
  }

  private static ValueInfoProto value(String name, long columns) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
            .build();
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
