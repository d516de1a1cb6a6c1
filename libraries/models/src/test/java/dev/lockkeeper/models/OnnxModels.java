package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.lockkeeper.fixtures.OnnxFile;
import java.util.stream.LongStream;

/** Models made for tests: good ones, and the parts of bad ones. */
public final class OnnxModels {

  private OnnxModels() {}

  /** A good model of some features as a file. */
  public static byte[] file(int features) {
    return bytes(logistic(features));
  }

  /** {@code probability = sigmoid(features · weights)}. */
  static ModelProto.Builder logistic(int features) {
    return model(
        GraphProto.newBuilder()
            .setName("logistic")
            .addInput(OnnxFile.value("features", features))
            .addOutput(OnnxFile.value("probability", 1))
            .addInitializer(floats("weights", features))
            .addNode(node("MatMul", "logit", "features", "weights"))
            .addNode(node("Sigmoid", "probability", "logit")));
  }

  static ModelProto.Builder model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3))
        .setGraph(graph);
  }

  static NodeProto.Builder node(String operator, String output, String... inputs) {
    return OnnxFile.operator(operator, output, inputs);
  }

  static TensorProto.Builder floats(String name, int rows) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT.getNumber())
            .addDims(rows)
            .addDims(1);
    for (int i = 0; i < rows; i++) {
      tensor.addFloatData(i / 10f);
    }
    return tensor;
  }

  static TensorProto.Builder longs(String name, long... values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(DataType.INT64.getNumber())
        .addDims(values.length)
        .addAllInt64Data(LongStream.of(values).boxed().toList());
  }

  /** A tree of one branch (node 0) and two leaves, whose branch has the given children. */
  static NodeProto.Builder tree(long left, long right) {
    return node("TreeEnsembleRegressor", "probability", "features")
        .setDomain("ai.onnx.ml")
        .addAttribute(ints("nodes_treeids", 0, 0, 0))
        .addAttribute(ints("nodes_nodeids", 0, 1, 2))
        .addAttribute(ints("nodes_truenodeids", left, 0, 0))
        .addAttribute(ints("nodes_falsenodeids", right, 0, 0))
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("nodes_modes")
                .setType(AttributeType.STRINGS)
                .addStrings(ByteString.copyFromUtf8("BRANCH_LEQ"))
                .addStrings(ByteString.copyFromUtf8("LEAF"))
                .addStrings(ByteString.copyFromUtf8("LEAF")));
  }

  static AttributeProto.Builder ints(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList());
  }

  static byte[] bytes(ModelProto.Builder model) {
    return model.build().toByteArray();
  }
}
