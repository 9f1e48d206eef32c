package io.aftersend.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer, ready to be sent.
///
/// @param contentType the media type of the body
/// @param body borrowed: never changed
/// @param headers all but `Content-Type` and `Content-Length`
/// @param stream what goes on after the body, for as long as it likes; null where the body is all
@SuppressWarnings("ArrayRecordComponent") // Never compared; lives as long as one request.
public record Answer(
    int status,
    String contentType,
    byte[] body,
    Map<String, String> headers,
    @Nullable Stream stream) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  /// A whole answer.
  public Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, headers, null);
  }

  /// The rest of an answer that is written while the client reads.
  @FunctionalInterface
  public interface Stream {
    /// Writes until it has ended, on the request's own thread; what shall be seen is flushed.
    ///
    /// @throws IOException when the client has gone
    void writeTo(OutputStream out) throws IOException;
  }

  /// 200 with an answer that goes on.
  public static Answer stream(String contentType, Map<String, String> headers, Stream stream) {
    return new Answer(200, contentType, new byte[0], headers, stream);
  }

  /// 200 with JSON.
  public static Answer json(JsonNode body) {
    return new Answer(200, MediaTypes.JSON, Json.bytes(body), Map.of());
  }

  /// 200 with a table, offered to browsers as a file.
  ///
  /// @param fileName letters, digits, dots and dashes
  public static Answer csv(String text, String fileName) {
    return new Answer(
        200,
        MediaTypes.CSV + "; charset=utf-8; header=present",
        text.getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Disposition", "attachment; filename=\"" + fileName + "\""));
  }

  /// The same with one header added or replaced.
  public Answer withHeader(String name, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(name, value);
    return new Answer(status, contentType, body, changed, stream);
  }
}
