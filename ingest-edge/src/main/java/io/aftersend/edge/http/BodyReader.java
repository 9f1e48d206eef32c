package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// The reader of one request's body, by length or in chunks, as strict as [HeadParser]. One per
/// body, confined to its event loop.
final class BodyReader {
  private enum Stage {
    DATA,
    CHUNK_SIZE,
    CHUNK_END,
    TRAILERS,
    DONE
  }

  /// Extensions are read over; nobody needs longer ones.
  private static final int MAX_CHUNK_LINE_BYTES = 256;

  private static final int MAX_TRAILER_BYTES = 8 * 1024;

  /// More digits than any size that could ever be allowed.
  private static final int MAX_SIZE_DIGITS = 15;

  /// What decides where a message ends and whom it is for must be known before its body.
  private static final byte[][] NOT_IN_TRAILERS = {
    "host".getBytes(StandardCharsets.US_ASCII),
    "content-length".getBytes(StandardCharsets.US_ASCII),
    "transfer-encoding".getBytes(StandardCharsets.US_ASCII)
  };

  private final boolean isChunked;
  private final long declaredBytes;
  private long limitBytes = Long.MAX_VALUE;
  private Stage stage;
  private long remaining;
  private long total;
  private int trailerBytes;

  BodyReader(Framing framing) {
    this.isChunked = framing.isChunked();
    this.declaredBytes = isChunked ? 0 : framing.contentLength();
    this.remaining = declaredBytes;
    if (isChunked) {
      stage = Stage.CHUNK_SIZE;
    } else {
      stage = remaining == 0 ? Stage.DONE : Stage.DATA;
    }
  }

  boolean isDone() {
    return stage == Stage.DONE;
  }

  /// The length that the client named, 0 for a chunked body.
  long declaredBytes() {
    return declaredBytes;
  }

  /// Larger bodies are refused with 413 from now on.
  void limit(long bytes) {
    limitBytes = bytes;
  }

  /// Reads what there is of the body.
  ///
  /// @param in borrowed; nothing behind the body is read
  /// @return false when the sink wants no more
  boolean read(ByteBuf in, BodySink sink) throws RefusedRequestException {
    boolean hasMoved = true;
    while (hasMoved) {
      if (stage == Stage.DATA && in.isReadable()) {
        if (!takeData(in, sink)) {
          return false;
        }
        continue;
      }
      hasMoved =
          switch (stage) {
            case CHUNK_SIZE -> readChunkSize(in);
            case CHUNK_END -> readChunkEnd(in);
            case TRAILERS -> readTrailer(in);
            case DATA, DONE -> false;
          };
    }
    return true;
  }

  static RefusedRequestException tooLarge(long limitBytes) {
    return RefusedRequestException.of(413, "expected a body of at most " + limitBytes + " bytes");
  }

  private boolean takeData(ByteBuf in, BodySink sink) throws RefusedRequestException {
    int length = (int) Math.min(remaining, in.readableBytes());
    total += length;
    if (total > limitBytes) {
      throw tooLarge(limitBytes);
    }
    remaining -= length;
    if (remaining == 0) {
      stage = isChunked ? Stage.CHUNK_END : Stage.DONE;
    }
    return sink.take(in.readSlice(length));
  }

  private boolean readChunkSize(ByteBuf in) throws RefusedRequestException {
    int lineLength = lineLength(in, MAX_CHUNK_LINE_BYTES);
    if (lineLength < 0) {
      return false;
    }
    int start = in.readerIndex();
    int digits = 0;
    long size = 0;
    while (digits < lineLength && Ascii.hex(in.getByte(start + digits)) >= 0) {
      size = (size << 4) | Ascii.hex(in.getByte(start + digits));
      if (++digits > MAX_SIZE_DIGITS) {
        throw badChunk();
      }
    }
    if (digits == 0 || (digits < lineLength && in.getByte(start + digits) != ';')) {
      throw badChunk();
    }
    for (int i = start + digits; i < start + lineLength; i++) {
      if (isControl(in.getByte(i))) {
        throw badChunk();
      }
    }
    in.skipBytes(lineLength + 2);
    if (total + size > limitBytes) {
      throw tooLarge(limitBytes);
    }
    remaining = size;
    stage = size == 0 ? Stage.TRAILERS : Stage.DATA;
    return true;
  }

  private boolean readChunkEnd(ByteBuf in) throws RefusedRequestException {
    if (in.isReadable() && in.getByte(in.readerIndex()) != '\r') {
      throw badChunk();
    }
    if (in.readableBytes() < 2) {
      return false;
    }
    if (in.getByte(in.readerIndex() + 1) != '\n') {
      throw badChunk();
    }
    in.skipBytes(2);
    stage = Stage.CHUNK_SIZE;
    return true;
  }

  private boolean readTrailer(ByteBuf in) throws RefusedRequestException {
    int lineLength = lineLength(in, MAX_TRAILER_BYTES - trailerBytes);
    if (lineLength < 0) {
      return false;
    }
    if (lineLength == 0) {
      stage = Stage.DONE;
    } else {
      checkTrailer(in, lineLength);
    }
    trailerBytes += lineLength + 2;
    in.skipBytes(lineLength + 2);
    return true;
  }

  private static void checkTrailer(ByteBuf in, int lineLength) throws RefusedRequestException {
    byte[] line = new byte[lineLength];
    in.getBytes(in.readerIndex(), line);
    int colon = 0;
    while (colon < lineLength && Ascii.isTokenCharacter(line[colon])) {
      colon++;
    }
    if (colon == 0 || colon == lineLength || line[colon] != ':') {
      throw RefusedRequestException.badRequest("expected name, colon, value in a trailer");
    }
    for (byte c : line) {
      if (isControl(c)) {
        throw RefusedRequestException.badRequest("expected no control character in a trailer");
      }
    }
    for (byte[] name : NOT_IN_TRAILERS) {
      if (Ascii.equalsIgnoreCase(line, 0, colon, name)) {
        throw RefusedRequestException.badRequest(
            "expected no Host, Content-Length or Transfer-Encoding in a trailer");
      }
    }
  }

  private static boolean isControl(byte c) {
    return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F;
  }

  /// The length of the line without its end; -1 when it has not arrived yet.
  private static int lineLength(ByteBuf in, int maxBytes) throws RefusedRequestException {
    int start = in.readerIndex();
    int lineFeed = in.indexOf(start, in.writerIndex(), (byte) '\n');
    int length = lineFeed < 0 ? in.readableBytes() : lineFeed - start - 1;
    if (length > maxBytes) {
      throw badChunk();
    }
    if (lineFeed < 0) {
      return -1;
    }
    // Before a line feed at the very start nothing is to be looked for: "not found" is -1, as is
    // the place before index 0.
    if (lineFeed == start || in.indexOf(start, lineFeed, (byte) '\r') != lineFeed - 1) {
      throw badChunk();
    }
    return length;
  }

  private static RefusedRequestException badChunk() {
    return RefusedRequestException.badRequest("expected a chunked body as in RFC 9112, section 7");
  }
}
