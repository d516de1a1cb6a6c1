package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Walks the ONNX protobuf (onnx.proto, IR version 3 to 13) before any runtime sees it: bounded
 * size, no file references, no control flow, no operator beyond {@link Operators}, no surprising
 * tensor. Load the very bytes that were inspected.
 */
public final class ModelFileInspector {

  /** The largest model file that is read, in bytes. */
  public static final int MAXIMUM_BYTES = 64 << 20;

  private static final long OLDEST_IR = 3;
  private static final long NEWEST_IR = 13;

  /** Before that the runtime does not compare the ranks of what it concatenates. */
  private static final long OLDEST_OPERATORS = 11;

  private static final long NEWEST_OPERATORS = 25;
  private static final long NEWEST_CLASSIC = 5;

  private ModelFileInspector() {}

  /**
   * Inspects a model file.
   *
   * @throws ModelRefusedException naming what is refused
   */
  public static InspectedModel inspect(byte[] model) {
    ModelProto proto = parse(model);
    if (proto.getIrVersion() < OLDEST_IR || proto.getIrVersion() > NEWEST_IR) {
      throw new ModelRefusedException(
          "IR version " + proto.getIrVersion() + "; versions 3 to 13 are served");
    }
    if (proto.getTrainingInfoCount() > 0) {
      throw new ModelRefusedException("it carries training information; export for inference");
    }
    if (proto.getFunctionsCount() > 0) {
      throw new ModelRefusedException("it defines functions of its own; inline them at export");
    }
    SortedMap<String, Long> sets = operatorSets(proto.getOpsetImportList());
    return new InspectedModel(
        proto.getIrVersion(), sets, GraphWalk.walk(proto.getGraph(), sets.keySet()));
  }

  /**
   * Requires the serving shape: one input {@code features} FLOAT [N, F], one output {@code
   * probability} FLOAT [N, 1].
   *
   * @param model a model file that {@link #inspect} accepted
   * @param features F
   * @throws ModelRefusedException if it has another
   */
  public static void requireShape(byte[] model, int features) {
    GraphProto graph = parse(model).getGraph();
    Set<String> constants =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !constants.contains(i.getName())).toList();
    requireValue("input", inputs, "features", features);
    requireValue("output", graph.getOutputList(), "probability", 1);
  }

  private static ModelProto parse(byte[] model) {
    if (model.length == 0) {
      throw new ModelRefusedException("it is empty");
    }
    if (model.length > MAXIMUM_BYTES) {
      throw new ModelRefusedException(
          model.length + " bytes; at most " + MAXIMUM_BYTES + " are served");
    }
    ForeignFormat.refuse(model);
    WireScan.scan(model, ModelProto.getDescriptor());
    try {
      return ModelProto.parseFrom(model);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelRefusedException("it is not an ONNX protobuf: " + e.getMessage(), e);
    }
  }

  private static SortedMap<String, Long> operatorSets(List<OperatorSetIdProto> imports) {
    SortedMap<String, Long> sets = new TreeMap<>();
    for (OperatorSetIdProto set : imports) {
      Operators.requireDomain(set.getDomain());
      String name = Operators.name(set.getDomain());
      boolean classic = Operators.isClassic(set.getDomain());
      long oldest = classic ? 1 : OLDEST_OPERATORS;
      long newest = classic ? NEWEST_CLASSIC : NEWEST_OPERATORS;
      if (set.getVersion() < oldest || set.getVersion() > newest) {
        throw new ModelRefusedException(
            "operator set '"
                + name
                + "' of version "
                + set.getVersion()
                + "; versions "
                + oldest
                + " to "
                + newest
                + " are served");
      }
      if (sets.put(name, set.getVersion()) != null) {
        throw new ModelRefusedException("operator set '" + name + "' is imported twice");
      }
    }
    return sets;
  }

  private static void requireValue(
      String kind, List<ValueInfoProto> values, String name, long columns) {
    String expected = "expected one " + kind + " '" + name + "' FLOAT [N, " + columns + "], found ";
    String found =
        values.stream().map(ModelFileInspector::describe).collect(Collectors.joining(", "));
    if (!found.matches(name + " FLOAT \\[[^,]+, " + columns + "]")
        || values.size() != 1
        || values.get(0).getType().getTensorType().getShape().getDim(0).hasDimValue()) {
      throw new ModelRefusedException(expected + (found.isEmpty() ? "none" : found));
    }
  }

  private static String describe(ValueInfoProto value) {
    var tensor = value.getType().getTensorType();
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getElemType());
    String shape =
        tensor.getShape().getDimList().stream()
            .map(ModelFileInspector::describe)
            .collect(Collectors.joining(", ", "[", "]"));
    return value.getName() + " " + type + " " + shape;
  }

  private static String describe(TensorShapeProto.Dimension dimension) {
    return dimension.hasDimValue() ? Long.toString(dimension.getDimValue()) : "N";
  }
}
