package io.aftersend.edge.post;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The lines of a stream, one after the other, each in the same buffer. A line ends with a line
/// feed, or the stream.
final class LineReader {
  private static final int PIECE_BYTES = 16 * 1024;

  private final InputStream in;
  private byte[] buffer = new byte[PIECE_BYTES];
  private int start;
  private int end;
  private int scanned;
  private int lineStart;
  private int lineEnd;
  private boolean isAtEnd;

  LineReader(InputStream in) {
    this.in = in;
  }

  /// Goes to the next line.
  ///
  /// @return false when there is none
  boolean next() throws IOException {
    scanned = start;
    while (true) {
      while (scanned < end && buffer[scanned] != '\n') {
        scanned++;
      }
      if (scanned < end) {
        lineStart = start;
        lineEnd = scanned;
        start = scanned + 1;
        return true;
      }
      if (isAtEnd) {
        lineStart = start;
        lineEnd = end;
        start = end;
        return lineEnd > lineStart;
      }
      fill();
    }
  }

  /// Holds the line from [#offset()]. Borrowed until the next line.
  byte[] buffer() {
    return buffer;
  }

  int offset() {
    return lineStart;
  }

  int length() {
    return lineEnd - lineStart;
  }

  /// Whether the line has nothing but white space.
  boolean isBlank() {
    for (int i = lineStart; i < lineEnd; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      scanned -= start;
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int count = in.read(buffer, end, buffer.length - end);
    if (count < 0) {
      isAtEnd = true;
    } else {
      end += count;
    }
  }
}
