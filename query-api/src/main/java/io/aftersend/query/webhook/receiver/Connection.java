package io.aftersend.query.webhook.receiver;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One connection to a receiver. For one thread at a time; any thread may close it.
final class Connection {
  /// Shorter than what most servers keep, so that few requests meet a closed connection.
  private static final long MAX_IDLE_NS = Duration.ofSeconds(20).toNanos();

  /// How long a name's addresses are believed at most.
  private static final long MAX_AGE_NS = Duration.ofMinutes(2).toNanos();

  private final String origin;
  private final Socket socket;
  private final InputStream in;
  private final long openedNs = System.nanoTime();
  private long usedNs = openedNs;
  private boolean canBeKept;
  private boolean isReused;

  private Connection(String origin, Socket socket) throws IOException {
    this.origin = origin;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /// Connects to the first of the addresses that answers.
  ///
  /// @param connectTimeout for all of them together
  /// @param handshakeTimeout for each read of the TLS handshake
  /// @throws IOException that of the last address
  static Connection open(
      URI url,
      List<InetAddress> addresses,
      SSLSocketFactory tls,
      Duration connectTimeout,
      Duration handshakeTimeout)
      throws IOException {
    long endNs = System.nanoTime() + connectTimeout.toNanos();
    IOException failure = new IOException("the host has no address");
    for (InetAddress address : addresses) {
      long leftMs = Math.max(1, (endNs - System.nanoTime()) / 1_000_000);
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, Targets.port(url)), (int) leftMs);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) handshakeTimeout.toMillis());
        Socket ready = Targets.isSecure(url) ? secure(socket, url, tls) : socket;
        // From here on the one who waits closes the socket at the deadline.
        ready.setSoTimeout(0);
        return new Connection(origin(url), ready);
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  private static Socket secure(Socket plain, URI url, SSLSocketFactory tls) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.createSocket(plain, Targets.host(url), Targets.port(url), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  boolean isFor(URI url) {
    return origin.equals(origin(url));
  }

  boolean isStale() {
    long nowNs = System.nanoTime();
    return nowNs - usedNs > MAX_IDLE_NS || nowNs - openedNs > MAX_AGE_NS;
  }

  /// Whether another request may follow the last one.
  boolean canBeKept() {
    return canBeKept;
  }

  /// Posts and reads the whole answer, of which only the status matters.
  ///
  /// @return null where the connection had been used before and turned out to be closed
  Outcome.@Nullable Answered exchange(URI url, Map<String, String> headers, byte[] body)
      throws IOException {
    boolean wasUsed = isReused;
    isReused = true;
    canBeKept = false;
    AnswerReader answer = new AnswerReader(in);
    try {
      write(url, headers, body);
      if (!answer.awaitFirstByte()) {
        if (wasUsed) {
          return null;
        }
        throw new ProtocolException("closed without an answer");
      }
    } catch (IOException e) {
      if (wasUsed && !socket.isClosed()) {
        return null;
      }
      throw e;
    }
    Outcome.Answered outcome = answer.read();
    canBeKept = answer.canBeFollowed();
    usedNs = System.nanoTime();
    return outcome;
  }

  private void write(URI url, Map<String, String> headers, byte[] body) throws IOException {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    StringBuilder head =
        new StringBuilder("POST ").append(path).append(query).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(url.getRawAuthority()).append("\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    socket.getOutputStream().write(all);
    socket.getOutputStream().flush();
  }

  /// Closes it, whatever goes on.
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
