package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/// The bytes of one connection that no request has taken yet; owned. Confined to its event loop.
final class UnreadBytes {
  private @Nullable ByteBuf bytes;

  /// Appends.
  ///
  /// @param in taken
  void add(ByteBufAllocator allocator, ByteBuf in) {
    ByteBuf present = bytes;
    bytes =
        present == null
            ? in
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, present, in);
  }

  /// To be read from; empty when there are none. Borrowed until more are added or some are
  /// discarded.
  ByteBuf bytes() {
    ByteBuf present = bytes;
    return present == null ? Unpooled.EMPTY_BUFFER : present;
  }

  boolean isEmpty() {
    return length() == 0;
  }

  int length() {
    ByteBuf present = bytes;
    return present == null ? 0 : present.readableBytes();
  }

  /// Gives back the room of what has been read. Without this a client whose every piece ends within
  /// a request would have all that it ever sent kept.
  void discardRead() {
    ByteBuf present = bytes;
    if (present == null) {
      return;
    }
    if (present.isReadable()) {
      var _ = present.discardSomeReadBytes();
    } else {
      release();
    }
  }

  void release() {
    ByteBuf present = bytes;
    bytes = null;
    if (present != null) {
      present.release();
    }
  }
}
