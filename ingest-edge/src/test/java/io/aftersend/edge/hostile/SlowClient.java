package io.aftersend.edge.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// A client that takes its time: sends a beginning, then a little again and again. One that reads
/// notices when it is cut off; one that does not, at its next sending.
final class SlowClient implements AutoCloseable {
  private static final int SMALL_BUFFER_BYTES = 4 * 1024;

  private final SocketChannel channel = SocketChannel.open();
  private final ByteBuffer drop;
  private final boolean reads;
  private final ByteBuffer received = ByteBuffer.allocate(SMALL_BUFFER_BYTES);
  private boolean isCutOff;
  private long sentBytes;

  private SlowClient(
      InetSocketAddress source, int port, boolean reads, String beginning, String drop)
      throws IOException {
    this.drop = bytes(drop);
    this.reads = reads;
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER_BYTES);
    channel.bind(source);
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.configureBlocking(false);
    send(bytes(beginning));
  }

  /// One that sends byte after byte, and reads what comes.
  static SlowClient sender(InetSocketAddress source, int port, String beginning)
      throws IOException {
    return new SlowClient(source, port, true, beginning, "x");
  }

  /// One that sends request after request, as fast as it may, and never reads.
  static SlowClient reader(InetSocketAddress source, int port, String requests) throws IOException {
    return new SlowClient(source, port, false, "", requests);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends the next little, as far as there is room for it.
  ///
  /// @return how many bytes went out
  int drip() {
    if (!drop.hasRemaining()) {
      drop.rewind();
    }
    return send(drop);
  }

  private int send(ByteBuffer bytes) {
    try {
      int sent = channel.write(bytes);
      sentBytes += sent;
      return sent;
    } catch (IOException e) {
      isCutOff = true;
      return 0;
    }
  }

  /// Whether the edge has ended the connection, as far as this client has noticed.
  boolean isCutOff() {
    try {
      while (reads && !isCutOff) {
        int length = channel.read(received.clear());
        if (length == 0) {
          break;
        }
        isCutOff = length < 0;
      }
    } catch (IOException e) {
      isCutOff = true;
    }
    return isCutOff;
  }

  long sentBytes() {
    return sentBytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
