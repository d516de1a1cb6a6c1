package dev.lockkeeper.attestation.release;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/** A good model file: {@code probability = sigmoid(a · x + b · y)}. */
final class LogisticModel {
  private LogisticModel() {}

  static byte[] file() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .setGraph(
            GraphProto.newBuilder()
                .setName("logistic")
                .addInput(value("features", 2))
                .addOutput(value("probability", 1))
                .addInitializer(
                    TensorProto.newBuilder()
                        .setName("weights")
                        .setDataType(DataType.FLOAT.getNumber())
                        .addDims(2)
                        .addDims(1)
                        .addFloatData(0f)
                        .addFloatData(0.1f))
                .addNode(node("MatMul", "logit", "features", "weights"))
                .addNode(node("Sigmoid", "probability", "logit")))
        .build()
        .toByteArray();
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

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setName(output)
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }
}
