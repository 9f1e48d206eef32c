package io.aftersend.query.webhook.receiver;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reading of one HTTP/1.1 answer of which only the status counts. The body is read only so far
/// that the connection can be used again. For one thread.
final class AnswerReader {
  private static final int MAX_HEAD_BYTES = 32 * 1024;
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})(?: .*)?");
  private static final int SWITCHING = 101;

  private final InputStream in;
  private int headBytes;
  private boolean canBeFollowed;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /// Waits for the answer to begin.
  ///
  /// @return false where the connection ends instead
  boolean awaitFirstByte() throws IOException {
    in.mark(1);
    boolean hasOne = in.read() >= 0;
    in.reset();
    return hasOne;
  }

  /// Whether the whole answer was read, and the receiver keeps the connection.
  boolean canBeFollowed() {
    return canBeFollowed;
  }

  /// Reads the answer.
  ///
  /// @throws ProtocolException where it is none
  Outcome.Answered read() throws IOException {
    Matcher status = status();
    Map<String, String> headers = headers();
    while (status.group(2).startsWith("1")) {
      if (Integer.parseInt(status.group(2)) == SWITCHING) {
        throw new ProtocolException("the receiver switches protocols");
      }
      status = status();
      headers = headers();
    }
    int code = Integer.parseInt(status.group(2));
    boolean isKept =
        status.group(1).equals("1")
            && !headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
    // The body decides nothing: an answer whose body breaks off is an answer.
    canBeFollowed = isKept && isBodyRead(code, headers);
    return new Outcome.Answered(code, retryAfter(headers.get("retry-after")));
  }

  private Matcher status() throws IOException {
    String line = line();
    Matcher status = STATUS.matcher(line);
    if (!status.matches()) {
      throw new ProtocolException("the answer is not HTTP/1.1");
    }
    return status;
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.merge(
            line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip(),
            (first, second) -> first + "," + second);
      }
    }
    return headers;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new ProtocolException("the answer broke off");
      }
      if (++headBytes > MAX_HEAD_BYTES) {
        throw new ProtocolException("the answer's headers are too long");
      }
      line.append((char) c);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }

  private boolean isBodyRead(int code, Map<String, String> headers) {
    if (code == 204 || code == 304) {
      return true;
    }
    String length = headers.get("content-length");
    if (headers.containsKey("transfer-encoding")
        || length == null
        || !length.matches("[0-9]{1,5}")
        || Integer.parseInt(length) > MAX_BODY_BYTES) {
      return false;
    }
    try {
      int bytes = Integer.parseInt(length);
      return in.readNBytes(bytes).length == bytes;
    } catch (IOException e) {
      return false;
    }
  }

  /// Seconds only: the other form, a date, is as good as none for a receiver that is busy.
  private static @Nullable Duration retryAfter(@Nullable String value) {
    return value != null && value.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(value))
        : null;
  }
}
