package io.aftersend.edge;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A client that sends exactly the bytes that a test wants, and reads answers by their framing.
public final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) throws IOException {
    this(connected(port));
  }

  /// @param socket connected; taken
  public RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public static Socket connected(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
    return socket;
  }

  /// An answer as it came.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Answer(int status, List<String> headers, byte[] body) {
    public String header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ": ";
      List<String> values =
          headers.stream().filter(h -> h.toLowerCase(Locale.ROOT).startsWith(prefix)).toList();
      return values.isEmpty() ? "" : values.getFirst().substring(prefix.length());
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  public RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  public RawClient endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  public Answer answer() throws IOException {
    return answer(true);
  }

  public Answer answerToHead() throws IOException {
    return answer(false);
  }

  private Answer answer(boolean hasBody) throws IOException {
    String statusLine = line();
    if (!statusLine.startsWith("HTTP/1.1 ")) {
      throw new IOException("expected a status line, got \"" + statusLine + '"');
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    Answer head = new Answer(status, headers, new byte[0]);
    if (!hasBody || status == 100) {
      return head;
    }
    int length = Integer.parseInt(head.header("Content-Length"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the body ended after " + body.length + " bytes");
    }
    return new Answer(status, headers, body);
  }

  /// Whether the server has ended the connection, and sent nothing before.
  public boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  /// Whether the server has ended the connection in order, and sent nothing before.
  public boolean isCleanlyEnded() throws IOException {
    return in.read() < 0;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended within \"" + line + '"');
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IOException("expected CR before LF in \"" + text + '"');
    }
    return text.substring(0, text.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
