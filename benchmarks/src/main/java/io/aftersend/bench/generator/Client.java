package io.aftersend.bench.generator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// One connection with at most one request under way. For one thread.
final class Client {
  private final SocketChannel channel;

  /// When the request under way was due.
  private long dueNs;

  /// When the last answer was whole.
  private long idleSinceNs;

  private ExpectedAnswer expected = new ExpectedAnswer(false, 0);
  private int receivedBytes;
  private boolean isBusy;

  private Client(SocketChannel channel) {
    this.channel = channel;
  }

  static Client open(InetSocketAddress server, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Client client = new Client(channel);
    client.idleSince(System.nanoTime());
    channel.register(selector, SelectionKey.OP_READ, client);
    return client;
  }

  void send(ByteBuffer request, ExpectedAnswer answer, long dueNs) throws IOException {
    this.dueNs = dueNs;
    expected = answer;
    receivedBytes = 0;
    isBusy = true;
    channel.write(request);
    if (request.hasRemaining()) {
      throw new IOException("expected room for a whole request in the socket's buffer");
    }
  }

  /// Reads what is there.
  ///
  /// @return whether the answer is whole now
  /// @throws WrongAnswerException when it is not the expected one
  boolean receive(ByteBuffer into) throws IOException {
    into.clear();
    int length = channel.read(into);
    if (length < 0) {
      throw new IOException("the server closed a connection");
    }
    if (!isBusy) {
      throw new WrongAnswerException(
          "bytes without a request: " + ExpectedAnswer.shown(into.flip()));
    }
    expected.check(into.flip(), receivedBytes);
    receivedBytes += length;
    isBusy = receivedBytes < expected.lengthBytes();
    return !isBusy;
  }

  long dueNs() {
    return dueNs;
  }

  void idleSince(long ns) {
    idleSinceNs = ns;
  }

  /// How long a request that is sent now has waited for the generator alone: since it was due and
  /// this connection was free for it.
  long generatorDelayNs(long dueNs, long nowNs) {
    return nowNs - (dueNs - idleSinceNs > 0 ? dueNs : idleSinceNs);
  }

  boolean isBusy() {
    return isBusy;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left that could be done for it.
    }
  }
}
