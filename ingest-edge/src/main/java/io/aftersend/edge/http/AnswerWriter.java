package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// The composer of an answer's bytes. One per event loop.
final class AnswerWriter {
  private static final byte[] LOCATION = ascii("Location: ");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
  private static final byte[] NOTHING = {};
  private static final byte[] LINE_END = ascii("\r\n");
  static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

  /// More than date, persistence and all line ends take.
  private static final int MAX_FURTHER_BYTES = 128;

  private final DateHeader date;

  /// The answer that is being composed: one copy into a transport's buffer costs less than many.
  private byte[] bytes = new byte[1024];

  private int length;

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

  /// Appends an answer.
  ///
  /// @param out borrowed
  /// @param location slice with the bytes of a `Location`, of length 0 when there is none
  void write(
      ByteBuf out,
      Answer answer,
      byte[] location,
      int locationOffset,
      int locationLength,
      boolean isBodyLeftOut,
      Persistence persistence) {
    begin(answer.head().length + locationLength + answer.body().length + MAX_FURTHER_BYTES);
    put(answer.head(), 0, answer.head().length);
    if (locationLength > 0) {
      put(LOCATION, 0, LOCATION.length);
      put(location, locationOffset, locationLength);
      put(LINE_END, 0, LINE_END.length);
    }
    byte[] dateLine = date.line();
    put(dateLine, 0, dateLine.length);
    put(persistence.line, 0, persistence.line.length);
    put(LINE_END, 0, LINE_END.length);
    if (!isBodyLeftOut) {
      put(answer.body(), 0, answer.body().length);
    }
    out.writeBytes(bytes, 0, length);
  }

  private void begin(int maxBytes) {
    length = 0;
    if (bytes.length < maxBytes) {
      bytes = new byte[maxBytes];
    }
  }

  private void put(byte[] source, int offset, int sourceLength) {
    System.arraycopy(source, offset, bytes, length, sourceLength);
    length += sourceLength;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
