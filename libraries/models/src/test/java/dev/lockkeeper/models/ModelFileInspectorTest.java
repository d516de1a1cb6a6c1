package dev.lockkeeper.models;

import static dev.lockkeeper.fixtures.OnnxFile.value;
import static dev.lockkeeper.models.OnnxModels.bytes;
import static dev.lockkeeper.models.OnnxModels.floats;
import static dev.lockkeeper.models.OnnxModels.ints;
import static dev.lockkeeper.models.OnnxModels.logistic;
import static dev.lockkeeper.models.OnnxModels.longs;
import static dev.lockkeeper.models.OnnxModels.model;
import static dev.lockkeeper.models.OnnxModels.node;
import static dev.lockkeeper.models.OnnxModels.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.fixtures.SharedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileInspectorTest {

  @Test
  void goodVector_isAccepted() throws IOException {
    assertEquals(
        "{Add=1}", ModelFileInspector.inspect(vector("ok")).format().operators().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bomb_cos | ConstantOfShape",
        "bomb_loop | operator 'Loop' of 'ai.onnx' is not on the list",
        "const_ext_traverse | keeps its data in another file",
        "custom_op | operator domain 'com.evil'",
        "dims_mismatch | its dimensions say",
        "ext_hard | keeps its data in another file",
        "ext_hugeoff | keeps its data in another file",
        "ext_traverse | keeps its data in another file",
        "sparse_traverse_const | SPARSE_TENSOR",
        "sparse_traverse_init | sparse tensors",
        "trunc | not a whole ONNX protobuf"
      })
  void everyBadVector_isRefused(String name, String reason) throws IOException {
    assertRefused(reason, vector(name));
  }

  @Test
  void logisticModel_isAcceptedInItsShape() {
    byte[] model = bytes(logistic(3));
    assertEquals(8, ModelFileInspector.inspect(model).format().irVersion());
    ModelFileInspector.inspect(model).requireShape(3);
  }

  @Test
  void otherWidth_isRefused() {
    ModelRefusedException refused =
        assertThrows(
            ModelRefusedException.class,
            () -> ModelFileInspector.inspect(bytes(logistic(3))).requireShape(4));
    assertEquals(
        "model file refused: expected one input 'features' FLOAT [N, 4], found features FLOAT [N, 3]",
        refused.getMessage());
  }

  @Test
  void secondOutput_isRefused() {
    ModelProto.Builder two = logistic(3);
    two.getGraphBuilder().addOutput(value("logit", 1));
    ModelRefusedException refused =
        assertThrows(
            ModelRefusedException.class,
            () -> ModelFileInspector.inspect(bytes(two)).requireShape(3));
    assertTrue(refused.getMessage().contains("logit FLOAT [N, 1]"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0080\u0004pickle", "PK\u0003\u0004", "\u0089HDF", "GGUF", "#!/bin/sh"})
  void foreignFormat_isRefused(String content) {
    assertRefused("export the model as ONNX", content.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void emptyFile_isRefused() {
    assertRefused("it is empty", new byte[0]);
  }

  @Test
  void hugeFile_isRefused() {
    assertRefused("at most", new byte[ModelFileInspector.MAXIMUM_BYTES + 1]);
  }

  @Test
  void everyTruncation_isRefused() {
    byte[] model = bytes(logistic(3).removeOpsetImport(1));
    for (int length = 0; length < model.length; length++) {
      byte[] cut = Arrays.copyOf(model, length);
      assertThrows(ModelRefusedException.class, () -> ModelFileInspector.inspect(cut));
    }
  }

  @Test
  void trailingBytes_areRefused() {
    byte[] model = bytes(logistic(3));
    assertRefused("not a whole ONNX protobuf", Arrays.copyOf(model, model.length + 1));
  }

  @Test
  void secondGraph_isRefused() {
    byte[] first = bytes(logistic(3));
    byte[] second = ModelProto.newBuilder().setGraph(logistic(3).getGraph()).build().toByteArray();
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertRefused("ModelProto has field 'graph' twice", both);
  }

  @Test
  void unknownField_isRefused() {
    byte[] model = bytes(logistic(3));
    byte[] extended = Arrays.copyOf(model, model.length + 3);
    extended[model.length] = (byte) 0xf8;
    extended[model.length + 1] = 0x03;
    assertRefused("ModelProto has unknown field 63", extended);
  }

  @Test
  void manyElements_areRefusedBeforeTheyAreBuilt() {
    byte[] empty = new byte[5_000_000];
    for (int i = 0; i < empty.length; i += 2) {
      empty[i] = 0x72;
    }
    assertRefused("more than 2000000 elements", empty);
  }

  @Test
  void externalDataInASecondTensor_isRefused() {
    ModelProto.Builder model = logistic(3);
    model
        .getGraphBuilder()
        .addInitializer(
            floats("other", 1)
                .addExternalData(
                    StringStringEntryProto.newBuilder().setKey("location").setValue("x")));
    assertRefused("initializer 'other' keeps its data in another file", bytes(model));
  }

  @Test
  void function_isRefused() {
    assertRefused("functions of its own", bytes(logistic(3).addFunctions(function())));
  }

  @Test
  void trainingInformation_isRefused() {
    assertRefused(
        "training information",
        bytes(logistic(3).addTrainingInfo(TrainingInfoProto.getDefaultInstance())));
  }

  @Test
  void subgraphInAnAttribute_isRefused() {
    ModelProto.Builder model = logistic(3);
    model
        .getGraphBuilder()
        .getNodeBuilder(1)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeType.GRAPH)
                .setG(GraphProto.getDefaultInstance()));
    assertRefused("is of type GRAPH", bytes(model));
  }

  @Test
  void subgraphBehindAnotherType_isRefused() {
    ModelProto.Builder model = logistic(3);
    model
        .getGraphBuilder()
        .getNodeBuilder(1)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("alpha")
                .setType(AttributeType.FLOAT)
                .setF(1)
                .setG(GraphProto.getDefaultInstance()));
    assertRefused("also sets 'g'", bytes(model));
  }

  @Test
  void deepNesting_isRefused() {
    GraphProto graph = GraphProto.getDefaultInstance();
    for (int i = 0; i < 20; i++) {
      AttributeProto body = AttributeProto.newBuilder().setName("body").setG(graph).build();
      graph = GraphProto.newBuilder().addNode(node("If", "x").addAttribute(body)).build();
    }
    assertRefused("nested deeper than", bytes(model(graph.toBuilder())));
  }

  @Test
  void overflowingDimensions_areRefused() {
    TensorProto.Builder tensor = floats("weights", 0).clearDims();
    tensor.addDims(Long.MAX_VALUE).addDims(4);
    assertRefused("dimensions that overflow", withWeights(tensor));
  }

  @Test
  void infiniteConstant_isRefused() {
    TensorProto.Builder tensor = floats("weights", 3).setFloatData(1, Float.POSITIVE_INFINITY);
    assertRefused("not finite", withWeights(tensor));
  }

  @Test
  void tensorWithTwoKindsOfData_isRefused() {
    assertRefused("data of two kinds", withWeights(floats("weights", 3).addInt64Data(1)));
  }

  @Test
  void tooManyNodes_areRefused() {
    ModelProto.Builder model = logistic(3);
    for (int i = 0; i < 10_000; i++) {
      model.getGraphBuilder().addNode(node("Neg", "n" + i, "logit"));
    }
    assertRefused("10002 nodes", bytes(model));
  }

  @Test
  void operatorSetTwice_isRefused() {
    assertRefused(
        "imported twice",
        bytes(
            logistic(3)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(13))));
  }

  @Test
  void valueThatNothingMakes_isRefused() {
    assertRefused("value 'ghost', which nothing makes", graph(node("Neg", "probability", "ghost")));
  }

  @Test
  void tileByAConstant_isBounded() {
    assertRefused(
        "elements out of one row",
        graph(longs("big", 1L << 20, 1L << 20), node("Tile", "probability", "features", "big")));
  }

  @Test
  void expandByAComputedShape_isRefused() {
    assertRefused(
        "takes its size from something not constant",
        graph(
            longs("s", 5),
            node("Neg", "computed", "s"),
            node("Expand", "probability", "features", "computed")));
  }

  @Test
  void endlessRange_isRefused() {
    assertRefused(
        "elements out of one row",
        graph(longs("zero", 0), node("Range", "probability", "zero", "zero", "zero")));
  }

  @Test
  void doublingConcat_isRefused() {
    GraphProto.Builder graph = GraphProto.newBuilder().addInput(value("features", 3));
    String last = "features";
    for (int i = 0; i < 40; i++) {
      graph.addNode(node("Concat", "c" + i, last, last).addAttribute(axis()));
      last = "c" + i;
    }
    assertRefused("elements out of one row", bytes(model(graph.addOutput(value(last, 1)))));
  }

  @Test
  void treeBeyondTheDepthThatARuntimeWalks_isRefused() {
    ModelFileInspector.inspect(OnnxFile.chain(TreeCheck.MAXIMUM_DEPTH));
    for (int levels : new int[] {TreeCheck.MAXIMUM_DEPTH + 1, 4_000, 20_000}) {
      String message =
          assertThrows(
                  ModelRefusedException.class,
                  () -> ModelFileInspector.inspect(OnnxFile.chain(levels)))
              .getMessage();
      assertTrue(message.contains("tree 0 is deeper than 256 levels"), message);
    }
  }

  @Test
  void tree_isAccepted() {
    ModelFileInspector.inspect(graph(tree(1, 2)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, node 0 of tree 0 is the child of a node",
    "1, 1, node 1 of tree 0 is a child twice",
    "1, 7, has no node 7 of tree 0"
  })
  void treeThatDoesNotEnd_isRefused(long left, long right, String reason) {
    assertRefused(reason, graph(tree(left, right)));
  }

  private static AttributeProto.Builder axis() {
    return AttributeProto.newBuilder().setName("axis").setType(AttributeType.INT).setI(1);
  }

  private static FunctionProto function() {
    return FunctionProto.newBuilder()
        .setName("f")
        .addNode(node("Constant", "x").addAttribute(ints("value_ints", 1)))
        .build();
  }

  private static byte[] withWeights(TensorProto.Builder weights) {
    ModelProto.Builder model = logistic(3);
    model.getGraphBuilder().setInitializer(0, weights);
    return bytes(model);
  }

  private static byte[] graph(Object... parts) {
    GraphProto.Builder graph =
        GraphProto.newBuilder().addInput(value("features", 3)).addOutput(value("probability", 1));
    for (Object part : parts) {
      if (part instanceof TensorProto.Builder tensor) {
        graph.addInitializer(tensor);
      } else {
        graph.addNode((ai.onnx.proto.OnnxMl.NodeProto.Builder) part);
      }
    }
    return bytes(model(graph));
  }

  private static void assertRefused(String reason, byte[] model) {
    ModelRefusedException refused =
        assertThrows(ModelRefusedException.class, () -> ModelFileInspector.inspect(model));
    assertTrue(
        refused.getMessage().startsWith("model file refused: ")
            && refused.getMessage().contains(reason),
        refused.getMessage());
  }

  private static byte[] vector(String name) throws IOException {
    return Files.readAllBytes(SharedFolder.find("vectors/onnx").resolve(name + ".onnx"));
  }
}
