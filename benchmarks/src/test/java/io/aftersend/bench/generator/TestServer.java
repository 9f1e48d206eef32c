package io.aftersend.bench.generator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// A server on loopback whose n-th answer a test chooses; an empty one closes the connection.
final class TestServer implements AutoCloseable {
  static final String PIXEL = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nGIF89a";

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicLong requests = new AtomicLong();
  private final LongFunction<String> answers;

  /// @param answers by the number of the request, from 1
  TestServer(LongFunction<String> answers) throws IOException {
    this.answers = answers;
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  long requests() {
    return requests.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      int newLines = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        newLines = next == '\n' ? newLines + 1 : next == '\r' ? newLines : 0;
        if (newLines == 2) {
          newLines = 0;
          String answer = answers.apply(requests.incrementAndGet());
          if (answer.isEmpty()) {
            return;
          }
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
