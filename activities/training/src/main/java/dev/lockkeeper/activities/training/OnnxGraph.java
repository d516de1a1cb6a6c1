package dev.lockkeeper.activities.training;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.util.List;

/**
 * Builds ONNX graphs with one input {@code features} FLOAT [N, F] and one output {@code
 * probability} FLOAT [N, 1].
 */
final class OnnxGraph {

  static final String STANDARD = "";
  static final String ML = "ai.onnx.ml";
  private static final int IR_VERSION = 8;
  private static final int STANDARD_OPSET = 15;
  private static final int ML_OPSET = 3;

  private OnnxGraph() {}

  static OnnxMl.NodeProto.Builder node(
      String operator, String domain, String input, String output) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType(operator)
        .setDomain(domain)
        .setName(output)
        .addInput(input)
        .addOutput(output);
  }

  static OnnxMl.AttributeProto integer(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static OnnxMl.AttributeProto single(String name, float value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static OnnxMl.AttributeProto integers(String name, List<Long> values) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  static OnnxMl.AttributeProto floats(String name, List<Float> values) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.FLOATS)
        .addAllFloats(values)
        .build();
  }

  static OnnxMl.AttributeProto texts(String name, List<String> values) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.STRINGS)
        .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
        .build();
  }

  static OnnxMl.TensorProto tensor(String name, List<Float> values, long... dims) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .addAllFloatData(values);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    return tensor.build();
  }

  static byte[] model(
      String name, int width, List<OnnxMl.NodeProto> nodes, List<OnnxMl.TensorProto> initializers) {
    OnnxMl.GraphProto graph =
        OnnxMl.GraphProto.newBuilder()
            .setName(name)
            .addAllNode(nodes)
            .addAllInitializer(initializers)
            .addInput(value("features", width))
            .addOutput(value("probability", 1))
            .build();
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("lockkeeper")
        .addOpsetImport(opset(STANDARD, STANDARD_OPSET))
        .addOpsetImport(opset(ML, ML_OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static OnnxMl.OperatorSetIdProto opset(String domain, long version) {
    return OnnxMl.OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  private static OnnxMl.ValueInfoProto value(String name, int width) {
    OnnxMl.TensorShapeProto shape =
        OnnxMl.TensorShapeProto.newBuilder()
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    OnnxMl.TypeProto.Tensor tensor =
        OnnxMl.TypeProto.Tensor.newBuilder()
            .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
