package dev.lockkeeper.activities.validation;

import ai.onnx.proto.OnnxMl;

/** Writes a logistic regression as ONNX. */
final class LogisticOnnx {

  private LogisticOnnx() {}

  /** The model sigmoid(x · weights + bias). */
  static byte[] bytes(float bias, float... weights) {
    OnnxMl.TensorProto.Builder matrix =
        OnnxMl.TensorProto.newBuilder()
            .setName("weights")
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .addDims(weights.length)
            .addDims(1);
    for (float weight : weights) {
      matrix.addFloatData(weight);
    }
    OnnxMl.TensorProto offset =
        OnnxMl.TensorProto.newBuilder()
            .setName("bias")
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .addDims(1)
            .addFloatData(bias)
            .build();
    OnnxMl.GraphProto graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("logistic")
            .addInput(value("features", weights.length))
            .addOutput(value("probability", 1))
            .addInitializer(matrix)
            .addInitializer(offset)
            .addNode(
                OnnxMl.NodeProto.newBuilder()
                    .setName("linear")
                    .setOpType("Gemm")
                    .addInput("features")
                    .addInput("weights")
                    .addInput("bias")
                    .addOutput("logit"))
            .addNode(
                OnnxMl.NodeProto.newBuilder()
                    .setName("link")
                    .setOpType("Sigmoid")
                    .addInput("logit")
                    .addOutput("probability"))
            .build();
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static OnnxMl.ValueInfoProto value(String name, long columns) {
    OnnxMl.TensorShapeProto shape =
        OnnxMl.TensorShapeProto.newBuilder()
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
            .build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
