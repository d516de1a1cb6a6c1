package dev.lockkeeper.models;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Reads the protobuf wire format against its schema without building anything: bounded depth and
 * number of elements, no unknown field, no single field twice, nothing after the end.
 */
final class WireScan {

  private static final int MAXIMUM_DEPTH = 24;
  private static final int MAXIMUM_ELEMENTS = 2_000_000;

  private final CodedInputStream in;
  private int elements;

  private WireScan(byte[] bytes) {
    this.in = CodedInputStream.newInstance(bytes);
  }

  static void scan(byte[] bytes, Descriptor type) {
    try {
      new WireScan(bytes).message(type, 0);
    } catch (IOException e) {
      throw new ModelRefusedException("it is not a whole ONNX protobuf: " + e.getMessage(), e);
    }
  }

  private void message(Descriptor type, int depth) throws IOException {
    if (depth > MAXIMUM_DEPTH) {
      throw new ModelRefusedException("it is nested deeper than " + MAXIMUM_DEPTH + " messages");
    }
    long seen = 0;
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (field == null) {
        throw new ModelRefusedException(
            type.getName() + " has unknown field " + WireFormat.getTagFieldNumber(tag));
      }
      long bit = 1L << field.getNumber();
      if (!field.isRepeated() && (seen & bit) != 0) {
        throw new ModelRefusedException(
            type.getName() + " has field '" + field.getName() + "' twice");
      }
      seen |= bit;
      value(field, tag, depth);
    }
  }

  private void value(FieldDescriptor field, int tag, int depth) throws IOException {
    int wire = WireFormat.getTagWireType(tag);
    boolean packed = field.isPackable() && wire == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    if (wire != field.getLiteType().getWireType() && !packed) {
      throw new ModelRefusedException(
          field.getFullName() + " has another wire type than its schema");
    }
    if (wire != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      in.skipField(tag);
      return;
    }
    if (++elements > MAXIMUM_ELEMENTS) {
      throw new ModelRefusedException("it has more than " + MAXIMUM_ELEMENTS + " elements");
    }
    int length = in.readRawVarint32();
    if (field.getJavaType() == JavaType.MESSAGE) {
      int outer = in.pushLimit(length);
      message(field.getMessageType(), depth + 1);
      in.popLimit(outer);
    } else {
      in.skipRawBytes(length);
    }
  }
}
