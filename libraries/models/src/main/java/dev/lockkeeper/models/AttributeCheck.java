package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A node's attributes: plain values of their own type; no graph, no sparse tensor, no reference.
 */
final class AttributeCheck {

  private static final Map<AttributeType, String> FIELDS =
      Map.of(
          AttributeType.FLOAT, "f",
          AttributeType.INT, "i",
          AttributeType.STRING, "s",
          AttributeType.TENSOR, "t",
          AttributeType.FLOATS, "floats",
          AttributeType.INTS, "ints",
          AttributeType.STRINGS, "strings",
          AttributeType.TENSORS, "tensors");
  private static final Set<String> DESCRIPTIONS = Set.of("name", "type", "doc_string");

  private AttributeCheck() {}

  static void require(NodeProto node, String where) {
    Set<String> names = new HashSet<>();
    boolean labelled = false;
    for (AttributeProto attribute : node.getAttributeList()) {
      String what = where + ", attribute '" + attribute.getName() + "'";
      if (!names.add(attribute.getName())) {
        throw new ModelRefusedException(what + " is given twice");
      }
      boolean labels = attribute.getName().startsWith("classlabels");
      if (labels && labelled) {
        throw new ModelRefusedException(what + " is a second list of labels");
      }
      labelled |= labels;
      requireOneValue(attribute, what);
      if (attribute.hasT()) {
        TensorCheck.require(attribute.getT(), what);
      }
      attribute.getTensorsList().forEach(tensor -> TensorCheck.require(tensor, what));
      boolean missingMark =
          node.getOpType().equals("Imputer") && attribute.getName().equals("replaced_value_float");
      boolean finite = Float.isFinite(attribute.getF());
      for (float value : attribute.getFloatsList()) {
        finite &= Float.isFinite(value);
      }
      if (!finite && !missingMark) {
        throw new ModelRefusedException(what + " contains a number that is not finite");
      }
    }
  }

  private static void requireOneValue(AttributeProto attribute, String what) {
    String field = FIELDS.get(attribute.getType());
    if (field == null) {
      throw new ModelRefusedException(
          what
              + " is of type "
              + attribute.getType()
              + "; only plain values and tensors are served");
    }
    for (FieldDescriptor set : attribute.getAllFields().keySet()) {
      if (!set.getName().equals(field) && !DESCRIPTIONS.contains(set.getName())) {
        throw new ModelRefusedException(
            what + " of type " + attribute.getType() + " also sets '" + set.getName() + "'");
      }
    }
  }
}
