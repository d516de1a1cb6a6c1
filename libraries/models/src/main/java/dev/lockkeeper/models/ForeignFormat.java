package dev.lockkeeper.models;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Model formats that run code or hide files, told by their first bytes. */
final class ForeignFormat {

  private record Magic(String format, byte[] bytes) {}

  private static final List<Magic> FORMATS =
      List.of(
          new Magic("a ZIP archive (PyTorch, Keras, NumPy or a JAR)", bytes("PK\3\4")),
          new Magic("an HDF5 file (Keras)", bytes("\u0089HDF")),
          new Magic("a GGUF file", bytes("GGUF")),
          new Magic("a NumPy file", bytes("\u0093NUMPY")),
          new Magic("a gzip archive", bytes("\u001f\u008b")),
          new Magic("a 7z archive", bytes("7z\u00bc\u00af")),
          new Magic("a bzip2 archive", bytes("BZh")),
          new Magic("an xz archive", bytes("\u00fd7zXZ")),
          new Magic("a Zstandard archive", bytes("(\u00b5/\u00fd")),
          new Magic("a native program", bytes("\u007fELF")),
          new Magic("a script", bytes("#!")),
          new Magic("JSON text", bytes("{")));
  private static final int OLDEST_PICKLE = 2;
  private static final int NEWEST_PICKLE = 5;

  private ForeignFormat() {}

  static void refuse(byte[] model) {
    for (Magic magic : FORMATS) {
      if (startsWith(model, magic.bytes())) {
        throw new ModelRefusedException("it is " + magic.format() + "; export the model as ONNX");
      }
    }
    boolean pickle =
        model.length > 1
            && (model[0] & 0xff) == 0x80
            && model[1] >= OLDEST_PICKLE
            && model[1] <= NEWEST_PICKLE;
    if (pickle) {
      throw new ModelRefusedException(
          "it is a Python pickle, which runs code when it is loaded; export the model as ONNX");
    }
  }

  private static boolean startsWith(byte[] model, byte[] magic) {
    return model.length >= magic.length
        && java.util.Arrays.equals(model, 0, magic.length, magic, 0, magic.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
