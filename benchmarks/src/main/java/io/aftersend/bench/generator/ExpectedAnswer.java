package io.aftersend.bench.generator;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The answer that every request of one kind must get, learnt from one request before it: status
/// 200 and an image, or status 302 and a location, always of the same length.
///
/// @param isRedirect whether the status is 302
/// @param lengthBytes of head and body
record ExpectedAnswer(boolean isRedirect, int lengthBytes) {
  private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FOUND = "HTTP/1.1 302 ".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern LOCATION =
      Pattern.compile("\r\nlocation: *\\S", Pattern.CASE_INSENSITIVE);
  private static final byte[] IMAGE = "GIF89a".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d{1,5})\r\n", Pattern.CASE_INSENSITIVE);
  private static final int MAX_HEAD_BYTES = 8192;
  private static final int TIMEOUT_MS = 5_000;
  private static final int SHOWN_CHARACTERS = 80;

  /// Asks a server once, and checks the whole answer.
  static ExpectedAnswer learn(InetSocketAddress server, ByteBuffer request) throws IOException {
    byte[] bytes = new byte[request.remaining()];
    request.duplicate().get(bytes);
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(bytes);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String head = readHead(in);
      Matcher length = CONTENT_LENGTH.matcher(head);
      boolean isRedirect = hasStatus(head, FOUND) && LOCATION.matcher(head).find();
      if (!(isRedirect || hasStatus(head, OK)) || !length.find()) {
        throw new WrongAnswerException(
            "expected status 200, or 302 and a location, with a Content-Length, got: "
                + firstLine(head));
      }
      byte[] body = new byte[Integer.parseInt(length.group(1))];
      in.readFully(body);
      if (!isRedirect && !startsWith(ByteBuffer.wrap(body), IMAGE)) {
        throw new WrongAnswerException("expected a GIF, got %d other bytes".formatted(body.length));
      }
      return new ExpectedAnswer(isRedirect, head.length() + body.length);
    }
  }

  /// @param chunk bytes of an answer, left as they are
  /// @param before how many bytes of it came earlier
  void check(ByteBuffer chunk, int before) throws WrongAnswerException {
    boolean isStatusWrong = before == 0 && !startsWith(chunk, isRedirect ? FOUND : OK);
    if (isStatusWrong || before + chunk.remaining() > lengthBytes) {
      throw new WrongAnswerException(
          "expected status %d and %d bytes, got: %s"
              .formatted(isRedirect ? 302 : 200, lengthBytes, shown(chunk)));
    }
  }

  /// The beginning of an answer, for an error.
  static String shown(ByteBuffer chunk) {
    return firstLine(StandardCharsets.ISO_8859_1.decode(chunk.duplicate()).toString());
  }

  private static boolean hasStatus(String head, byte[] status) {
    return head.startsWith(new String(status, StandardCharsets.US_ASCII));
  }

  private static boolean startsWith(ByteBuffer bytes, byte[] prefix) {
    int length = Math.min(bytes.remaining(), prefix.length);
    for (int i = 0; i < length; i++) {
      if (bytes.get(bytes.position() + i) != prefix[i]) {
        return false;
      }
    }
    return length > 0;
  }

  private static String readHead(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      if (head.length() == MAX_HEAD_BYTES) {
        throw new WrongAnswerException(
            "expected an answer's head, got: " + firstLine(head.toString()));
      }
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
    return line.substring(0, Math.min(line.length(), SHOWN_CHARACTERS));
  }
}
