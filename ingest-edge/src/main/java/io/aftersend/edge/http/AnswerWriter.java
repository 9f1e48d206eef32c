package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// The composer of an answer's bytes. One per event loop.
final class AnswerWriter {
  private static final byte[] LOCATION = ascii("Location: ");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
  private static final byte[] NOTHING = {};
  private static final byte[] LINE_END = ascii("\r\n");
  static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

  private final DateHeader date;

  AnswerWriter(DateHeader date) {
    this.date = date;
  }

  /// How the connection goes on, which the client is told where it could think otherwise.
  @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to the bytes.
  enum Persistence {
    CLOSE(AnswerWriter.CLOSE),
    DEFAULT(NOTHING),
    /// Only asked for by HTTP/1.0.
    KEEP_ALIVE(AnswerWriter.KEEP_ALIVE);

    private final byte[] line;

    Persistence(byte[] line) {
      this.line = line;
    }

    static Persistence of(boolean isLast, boolean isHttp11) {
      if (isLast) {
        return CLOSE;
      }
      return isHttp11 ? DEFAULT : KEEP_ALIVE;
    }
  }

  /// Writes an answer into a new buffer, which is returned retained.
  ///
  /// @param location slice with the bytes of a `Location`, of length 0 when there is none
  ByteBuf write(
      ByteBufAllocator allocator,
      Answer answer,
      byte[] location,
      int locationOffset,
      int locationLength,
      boolean isBodyLeftOut,
      Persistence persistence) {
    byte[] dateLine = date.line();
    byte[] body = isBodyLeftOut ? NOTHING : answer.body();
    int size =
        answer.head().length
            + dateLine.length
            + persistence.line.length
            + LINE_END.length
            + body.length;
    if (locationLength > 0) {
      size += LOCATION.length + locationLength + LINE_END.length;
    }
    ByteBuf out = allocator.directBuffer(size);
    out.writeBytes(answer.head());
    if (locationLength > 0) {
      out.writeBytes(LOCATION);
      out.writeBytes(location, locationOffset, locationLength);
      out.writeBytes(LINE_END);
    }
    out.writeBytes(dateLine);
    out.writeBytes(persistence.line);
    out.writeBytes(LINE_END);
    return out.writeBytes(body);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
