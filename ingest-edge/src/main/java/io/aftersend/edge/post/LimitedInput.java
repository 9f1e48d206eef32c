package io.aftersend.edge.post;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that fails once more bytes than allowed have come out of it. What inflates to gigabytes
/// is so noticed without being held.
final class LimitedInput extends FilterInputStream {
  private final long limitBytes;
  private long total;

  LimitedInput(InputStream in, long limitBytes) {
    super(in);
    this.limitBytes = limitBytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    count(Math.max(count, 0));
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) throws IOException {
    total += bytes;
    if (total > limitBytes) {
      throw new BodyTooLargeException(limitBytes);
    }
  }
}
