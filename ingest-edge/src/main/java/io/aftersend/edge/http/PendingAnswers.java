package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

/// The answers of one connection that the transport does not have yet, one behind the other in one
/// buffer, which is owned. Confined to its event loop.
final class PendingAnswers {
  /// Room for the usual answer.
  private static final int FIRST_BYTES = 512;

  private final Channel channel;
  private @Nullable ByteBuf bytes;

  PendingAnswers(Channel channel) {
    this.channel = channel;
  }

  /// To be appended to. Borrowed until the answers are written.
  ByteBuf buffer() {
    ByteBuf present = bytes;
    if (present == null) {
      present = channel.alloc().directBuffer(FIRST_BYTES);
      bytes = present;
    }
    return present;
  }

  /// Hands them to the transport, which counts them from then on. Whether they arrive nobody asks:
  /// a failure ends the connection.
  void write() {
    ByteBuf present = bytes;
    if (present != null) {
      bytes = null;
      var _ = channel.write(present, channel.voidPromise());
    }
  }

  void flush() {
    write();
    channel.flush();
  }

  /// Hands them to the transport once they are more than it will take without running full.
  void writeSurplus() {
    ByteBuf present = bytes;
    if (present != null && present.readableBytes() > channel.bytesBeforeUnwritable()) {
      write();
    }
  }

  /// Hands over the last ones, if there are any.
  ///
  /// @return done when all answers are sent
  ChannelFuture writeLast() {
    ByteBuf present = bytes;
    bytes = null;
    return channel.write(present == null ? Unpooled.EMPTY_BUFFER : present);
  }

  void release() {
    ByteBuf present = bytes;
    bytes = null;
    if (present != null) {
      present.release();
    }
  }
}
