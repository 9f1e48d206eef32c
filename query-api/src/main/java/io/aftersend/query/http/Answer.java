package io.aftersend.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A whole answer, ready to be sent.
///
/// @param contentType the media type of the body
/// @param body borrowed: never changed
/// @param headers all but `Content-Type` and `Content-Length`
@SuppressWarnings("ArrayRecordComponent") // Never compared; lives as long as one request.
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
  public Answer {
    headers = Map.copyOf(headers);
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
    return new Answer(status, contentType, body, changed);
  }
}
