package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Walks the ONNX protobuf (onnx.proto, IR version 3 to 13) before any runtime sees it: bounded
 * size, no file references, no control flow, no operator beyond {@link Operators}, no surprising
 * tensor. Load the very bytes that were inspected: {@link InspectedModel#bytes}.
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
   * Inspects a model file. It is parsed here and nowhere else.
   *
   * @param model the file, which the result keeps: do not write to it afterwards
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
    ModelFormat format =
        new ModelFormat(
            proto.getIrVersion(), sets, GraphWalk.walk(proto.getGraph(), sets.keySet()));
    return new InspectedModel(model, format, proto.getGraph());
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
}
