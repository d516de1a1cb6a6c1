package dev.lockkeeper.models;

import static dev.lockkeeper.fixtures.OnnxFile.value;
import static dev.lockkeeper.models.OnnxModels.bytes;
import static dev.lockkeeper.models.OnnxModels.ints;
import static dev.lockkeeper.models.OnnxModels.longs;
import static dev.lockkeeper.models.OnnxModels.model;
import static dev.lockkeeper.models.OnnxModels.node;
import static dev.lockkeeper.models.OnnxModels.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models at which ONNX Runtime 1.28 does not fail but ends the process that loads or asks it. */
class FatalModelsTest {

  @Test
  void integersDividedByWhatARequestBrings_areRefused() {
    assertRefused(
        "divides integers",
        graph(
            cast("whole", "features", DataType.INT64),
            node("Div", "q", "whole", "whole"),
            cast("probability", "q", DataType.FLOAT)));
  }

  @Test
  void integersBehindOtherOperators_areFound() {
    assertRefused(
        "divides integers",
        graph(
            cast("whole", "features", DataType.INT32),
            node("Neg", "n", "whole"),
            node("Identity", "i", "n"),
            node("ReduceMean", "probability", "i")));
  }

  @Test
  void countsDividedAsFloats_areServed() {
    inspect(
        cast("whole", "features", DataType.INT64),
        cast("back", "whole", DataType.FLOAT),
        node("Div", "probability", "back", "features"));
  }

  @Test
  void meanOverAxesThatAreIntegers_isServed() {
    ModelFileInspector.inspect(
        graph(longs("axes", 1), node("ReduceMean", "probability", "features", "axes")));
  }

  @Test
  void scalarInAClassicOperator_isRefused() {
    assertRefused(
        "takes something that is not surely a matrix",
        graph(
            node("ReduceSum", "sum", "features").addAttribute(number("keepdims", 0)),
            classic(node("Normalizer", "probability", "sum"))));
  }

  @Test
  void constantInAClassicOperator_isRefused() {
    assertRefused(
        "takes something that is not surely a matrix",
        graph(longs("one", 1), classic(node("Normalizer", "probability", "one"))));
  }

  @Test
  void treeOverASlice_isRefused() {
    assertRefused(
        "takes something that is not surely a matrix",
        graph(
            longs("at", 1),
            node("Slice", "cut", "features", "at", "at"),
            tree(1, 2).setInput(0, "cut")));
  }

  @Test
  void classicOperatorsInARow_areServed() {
    inspect(
        classic(node("Scaler", "scaled", "features")),
        node("Sigmoid", "squashed", "scaled"),
        classic(node("LinearClassifier", "label", "squashed").addOutput("scores")),
        classic(node("Normalizer", "probability", "scores")));
  }

  @Test
  void labelOfAClassifier_isNoMatrix() {
    assertRefused(
        "takes something that is not surely a matrix",
        graph(
            classic(node("LinearClassifier", "label", "features").addOutput("scores")),
            classic(node("Normalizer", "probability", "label"))));
  }

  @Test
  void classesWithTwoListsOfLabels_areRefused() {
    assertRefused(
        "attribute 'classlabels_ints' is a second list of labels",
        graph(
            classic(
                node("LinearClassifier", "probability", "features")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("classlabels_strings")
                            .setType(AttributeType.STRINGS))
                    .addAttribute(ints("classlabels_ints", 0, 1)))));
  }

  @Test
  void emptyConstant_isRefused() {
    assertRefused(
        "initializer 'none' is empty",
        graph(longs("none"), node("Concat", "probability", "features", "none")));
  }

  @Test
  void emptyConstantInTheMaking_isRefused() {
    assertRefused(
        "makes something of size 0.0",
        graph(longs("zero", 0), node("ConstantOfShape", "probability", "zero")));
  }

  @Test
  void treeWithMoreTargetsThanMemory_isRefused() {
    assertRefused(
        "elements out of one row", graph(tree(1, 2).addAttribute(number("n_targets", 1L << 30))));
  }

  @Test
  void operatorsThatEndTheProcess_areNotOnTheList() {
    assertRefused(
        "operator 'FeatureVectorizer'",
        graph(classic(node("FeatureVectorizer", "probability", "features"))));
    assertRefused("operator 'Split'", graph(node("Split", "probability", "features")));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, operator set 'ai.onnx' of version 10; versions 11 to 25 are served",
    "0, 26, operator set 'ai.onnx' of version 26; versions 11 to 25 are served",
    "1, 6, operator set 'ai.onnx.ml' of version 6; versions 1 to 5 are served"
  })
  void operatorSetOfAnotherTime_isRefused(int set, long version, String reason) {
    ModelProto.Builder model = model(GraphProto.newBuilder());
    model.getOpsetImportBuilder(set).setVersion(version);
    assertRefused(reason, bytes(model));
  }

  private static NodeProto.Builder cast(String output, String input, DataType to) {
    return node("Cast", output, input).addAttribute(number("to", to.getNumber()));
  }

  private static NodeProto.Builder classic(NodeProto.Builder node) {
    return node.setDomain("ai.onnx.ml");
  }

  private static AttributeProto.Builder number(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value);
  }

  private static void inspect(Object... parts) {
    InspectedModel inspected = ModelFileInspector.inspect(graph(parts));
    assertEquals(
        parts.length,
        inspected.format().operators().values().stream().mapToInt(Integer::intValue).sum());
  }

  private static byte[] graph(Object... parts) {
    GraphProto.Builder graph =
        GraphProto.newBuilder().addInput(value("features", 3)).addOutput(value("probability", 1));
    for (Object part : parts) {
      if (part instanceof TensorProto.Builder tensor) {
        graph.addInitializer(tensor);
      } else {
        graph.addNode((NodeProto.Builder) part);
      }
    }
    return bytes(model(graph));
  }

  private static void assertRefused(String reason, byte[] model) {
    ModelRefusedException refused =
        assertThrows(ModelRefusedException.class, () -> ModelFileInspector.inspect(model));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }
}
