package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The reader of one connection's request heads. A head that is here whole, as nearly all are, is
/// read in one pass; only for one that comes in pieces its end is looked for first. Confined to its
/// event loop; allocates nothing for a request that it accepts.
final class HeadReader {
  private final HeadParser parser;
  private final HeadScanner scanner;
  private boolean mayBeginWithEmptyLine = true;

  HeadReader(HttpLimits limits, HeadParser parser) {
    this.parser = parser;
    this.scanner = new HeadScanner(limits);
  }

  /// Reads the next head.
  ///
  /// @param in borrowed; nothing behind the head is read
  /// @return borrowed until a head of any connection of the loop is read; null when there is more
  ///   to come
  @Nullable RequestHead read(ByteBuf in) throws RefusedRequestException {
    if (!in.isReadable() || (mayBeginWithEmptyLine && !readEmptyLine(in))) {
      return null;
    }
    RequestHead head = scanner.hasBegun() ? null : parser.parse(in);
    if (head == null) {
      int length = scanner.findEnd(in);
      if (length < 0) {
        return null;
      }
      head = parser.parseWhole(in, length);
      scanner.reset();
    }
    mayBeginWithEmptyLine = true;
    return head;
  }

  /// Reads over one empty line, which some clients put behind the body of a request before.
  ///
  /// @return whether there is something behind it
  private boolean readEmptyLine(ByteBuf in) {
    if (in.getByte(in.readerIndex()) != '\r') {
      return true;
    }
    if (in.readableBytes() == 1) {
      return false;
    }
    if (in.getByte(in.readerIndex() + 1) == '\n') {
      in.skipBytes(2);
      mayBeginWithEmptyLine = false;
    }
    return in.isReadable();
  }
}
