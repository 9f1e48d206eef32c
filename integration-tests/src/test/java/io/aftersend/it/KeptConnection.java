package io.aftersend.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One client's connection that it keeps: plain HTTP/1.1, one request after the other. Costs no
/// thread while it idles.
final class KeptConnection implements AutoCloseable {
  private static final int MAX_ANSWER_BYTES = 4 * 1024;

  private final SocketChannel channel = SocketChannel.open();

  /// @param source last byte of the loopback address to connect from
  KeptConnection(URI edge, int source) throws IOException {
    byte[] address = {127, 0, 0, (byte) source};
    channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
    channel.connect(new InetSocketAddress(edge.getHost(), edge.getPort()));
  }

  /// The status of the answer, once that is whole.
  int get(String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nUser-Agent: kept/1.0\r\n\r\n";
    ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    while (out.hasRemaining()) {
      channel.write(out);
    }
    ByteBuffer in = ByteBuffer.allocate(MAX_ANSWER_BYTES);
    while (!isWhole(in)) {
      if (channel.read(in) < 0) {
        throw new IOException("expected an answer, the connection ended");
      }
    }
    return Integer.parseInt(text(in).substring(9, 12));
  }

  private static String text(ByteBuffer in) {
    return new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
  }

  private static boolean isWhole(ByteBuffer in) {
    String text = text(in);
    int headEnd = text.indexOf("\r\n\r\n");
    int lengthAt = text.indexOf("\r\nContent-Length: ");
    if (headEnd < 0 || lengthAt < 0) {
      return false;
    }
    String length = text.substring(lengthAt + 18, text.indexOf("\r\n", lengthAt + 2));
    return text.length() >= headEnd + 4 + Integer.parseInt(length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
