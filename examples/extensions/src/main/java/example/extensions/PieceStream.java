package example.extensions;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntFunction;

/** One piece after another, each read when it is due. */
final class PieceStream extends InputStream {

  private final IntFunction<Optional<byte[]>> pieces;
  private byte[] content;
  private int at;
  private int piece;

  PieceStream(byte[] first, IntFunction<Optional<byte[]>> pieces) {
    this.content = first;
    this.pieces = pieces;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    while (at == content.length) {
      Optional<byte[]> next = pieces.apply(piece + 1);
      if (next.isEmpty()) {
        return -1;
      }
      piece++;
      content = next.get();
      at = 0;
    }
    int n = Math.min(length, content.length - at);
    System.arraycopy(content, at, buffer, offset, n);
    at += n;
    return n;
  }
}
