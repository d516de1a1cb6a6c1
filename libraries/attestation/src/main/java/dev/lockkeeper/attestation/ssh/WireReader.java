package dev.lockkeeper.attestation.ssh;

import dev.lockkeeper.attestation.CustodyException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the SSH wire format (RFC 4251, section 5) strictly. */
final class WireReader {

  private final ByteBuffer in;
  private final String what;

  WireReader(byte[] bytes, String what) {
    this.in = ByteBuffer.wrap(bytes);
    this.what = what;
  }

  byte[] bytes(int length) {
    if (length < 0 || length > in.remaining()) {
      throw new CustodyException(what + ": it ends too early");
    }
    byte[] out = new byte[length];
    in.get(out);
    return out;
  }

  int uint32() {
    if (in.remaining() < 4) {
      throw new CustodyException(what + ": it ends too early");
    }
    return in.getInt();
  }

  byte[] string() {
    return bytes(uint32());
  }

  String text() {
    return new String(string(), StandardCharsets.UTF_8);
  }

  BigInteger mpint() {
    byte[] bytes = string();
    BigInteger value = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    if (value.signum() < 0) {
      throw new CustodyException(what + ": a negative number where none may be");
    }
    return value;
  }

  void end() {
    if (in.hasRemaining()) {
      throw new CustodyException(what + ": " + in.remaining() + " bytes too many at its end");
    }
  }
}
