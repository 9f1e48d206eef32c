package io.aftersend.it;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kept-alive HTTP/1.1 connection to an edge that can have several requests on the way, and that
/// takes an answer for one only when its last byte is there. For one thread.
final class HitConnection implements AutoCloseable {
  private static final int TIMEOUT_MS = 60_000;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final Pattern HEAD =
      Pattern.compile(
          "HTTP/1\\.1 (\\d{3}) .*?\r\ncontent-length: *(\\d+)\r\n.*",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private final Socket socket;
  private final InputStream in;
  private byte[] buffer = new byte[16 * 1024];
  private int start;
  private int end;

  /// A whole answer.
  ///
  /// @param head from the status line to the empty line
  record Answer(int status, String head, String body) {}

  private HitConnection(Socket socket) throws IOException {
    this.socket = socket;
    in = socket.getInputStream();
  }

  /// Connects to a port of this machine.
  static HitConnection open(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      return new HitConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  void send(byte[] requests) throws IOException {
    socket.getOutputStream().write(requests);
  }

  /// The next answer.
  ///
  /// @throws IOException when the connection ends before the answer does, or nothing comes for long
  Answer read() throws IOException {
    int headEnd = endOfHead();
    String head = take(headEnd - start);
    Matcher parts = HEAD.matcher(head);
    if (!parts.matches()) {
      throw new IOException("expected an HTTP answer with a length, got " + head);
    }
    int lengthBytes = Integer.parseInt(parts.group(2));
    while (end - start < lengthBytes) {
      fill();
    }
    return new Answer(Integer.parseInt(parts.group(1)), head, take(lengthBytes));
  }

  private int endOfHead() throws IOException {
    int from = start;
    while (true) {
      for (int at = from; at <= end - HEAD_END.length; at++) {
        int stop = at + HEAD_END.length;
        if (Arrays.equals(buffer, at, stop, HEAD_END, 0, HEAD_END.length)) {
          return stop;
        }
      }
      int scanned = Math.max(0, end - start - HEAD_END.length + 1);
      fill();
      from = start + scanned;
    }
  }

  private String take(int lengthBytes) {
    String text = new String(buffer, start, lengthBytes, StandardCharsets.ISO_8859_1);
    start += lengthBytes;
    return text;
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * end);
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      throw new EOFException("the connection ended within or before an answer");
    }
    end += read;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
