package dev.lockkeeper.store;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * An object's bytes as a stream that fails before its last byte is returned if they do not have the
 * object's size and SHA-256.
 */
public final class VerifiedStream extends FilterInputStream {

  private static final int SKIP_BYTES = 1 << 13;

  private final ArtifactRef ref;
  private final MessageDigest digest = Digests.newSha256();
  private long read;
  private boolean verified;

  /**
   * @param in the bytes that lie in the store; closed with this stream
   * @param ref what they must be
   */
  public VerifiedStream(InputStream in, ArtifactRef ref) {
    super(in);
    this.ref = ref;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (verified || length == 0) {
      return verified ? -1 : 0;
    }
    int n = in.read(buffer, offset, length);
    if (n > 0) {
      digest.update(buffer, offset, n);
      read += n;
    }
    if (n < 0 || read >= ref.bytes()) {
      verify();
    }
    return n;
  }

  private void verify() throws IOException {
    if (read < ref.bytes()) {
      throw StoreException.changed(ref, "it has " + read + " bytes, not " + ref.bytes());
    }
    if (read > ref.bytes() || in.read() >= 0) {
      throw StoreException.changed(ref, "it has more than " + ref.bytes() + " bytes");
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equals(ref.sha256())) {
      throw StoreException.changed(ref, "its bytes have SHA-256 " + actual);
    }
    verified = true;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] passed = new byte[SKIP_BYTES];
    long skipped = 0;
    while (skipped < count) {
      int n = read(passed, 0, (int) Math.min(SKIP_BYTES, count - skipped));
      if (n < 0) {
        break;
      }
      skipped += n;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
