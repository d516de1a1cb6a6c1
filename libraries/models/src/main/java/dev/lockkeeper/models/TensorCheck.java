package dev.lockkeeper.models;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A constant tensor: its data are in the file, are as many as its shape says, and are finite. */
final class TensorCheck {

  private final TensorProto tensor;
  private final String where;

  private TensorCheck(TensorProto tensor, String where) {
    this.tensor = tensor;
    this.where = where;
  }

  /** Checks a tensor and returns how many elements it has. */
  static long require(TensorProto tensor, String where) {
    return new TensorCheck(tensor, where).elements();
  }

  private long elements() {
    require(
        tensor.getExternalDataCount() == 0 && tensor.getDataLocation() == DataLocation.DEFAULT,
        "keeps its data in another file; save the model in one file");
    require(!tensor.hasSegment(), "is a segment of a tensor");
    require(tensor.getUnknownFields().asMap().isEmpty(), "has a value unknown to its schema");
    long count = 1;
    for (long dimension : tensor.getDimsList()) {
      require(dimension >= 0, "has a negative dimension");
      try {
        count = Math.multiplyExact(count, dimension);
      } catch (ArithmeticException e) {
        throw new ModelRefusedException(where + " has dimensions that overflow", e);
      }
    }
    DataType type = DataType.forNumber(tensor.getDataType());
    long held =
        switch (type == null ? DataType.UNDEFINED : type) {
          case FLOAT -> raw(Float.BYTES, tensor.getFloatDataCount());
          case DOUBLE -> raw(Double.BYTES, tensor.getDoubleDataCount());
          case INT64 -> raw(Long.BYTES, tensor.getInt64DataCount());
          case INT32 -> raw(Integer.BYTES, tensor.getInt32DataCount());
          case BOOL, UINT8, INT8 -> raw(1, tensor.getInt32DataCount());
          case STRING -> tensor.getStringDataCount();
          default ->
              throw new ModelRefusedException(where + " has element type " + tensor.getDataType());
        };
    require(held == count, "contains " + held + " elements, its dimensions say " + count);
    require(count > 0, "is empty");
    require(stored() == 1, "contains data of two kinds, or of another type");
    requireFinite(type);
    return count;
  }

  private long raw(int size, long typed) {
    int bytes = tensor.getRawData().size();
    require(bytes % size == 0, "has raw data that end within an element");
    return typed + bytes / size;
  }

  private int stored() {
    return signum(tensor.getRawData().size())
        + signum(tensor.getFloatDataCount())
        + signum(tensor.getDoubleDataCount())
        + signum(tensor.getInt32DataCount())
        + signum(tensor.getInt64DataCount())
        + signum(tensor.getUint64DataCount())
        + signum(tensor.getStringDataCount());
  }

  private static int signum(int count) {
    return Integer.signum(count);
  }

  private void requireFinite(DataType type) {
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean finite = true;
    if (type == DataType.FLOAT) {
      while (raw.hasRemaining()) {
        finite &= Float.isFinite(raw.getFloat());
      }
      for (float value : tensor.getFloatDataList()) {
        finite &= Float.isFinite(value);
      }
    } else if (type == DataType.DOUBLE) {
      while (raw.hasRemaining()) {
        finite &= Double.isFinite(raw.getDouble());
      }
      for (double value : tensor.getDoubleDataList()) {
        finite &= Double.isFinite(value);
      }
    }
    require(finite, "contains a number that is not finite");
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ModelRefusedException(where + " " + otherwise);
    }
  }
}
