package io.aftersend.query.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;

/// The reading of a request's JSON body.
public final class JsonBody {
  /// What is read of a refused body only to be thrown away: a connection that is closed with bytes
  /// unread is reset, and a reset may overtake the answer.
  private static final int MAX_WASTED_BYTES = 4 * 1024 * 1024;

  private JsonBody() {}

  /// Reads the body, which must be one JSON object.
  ///
  /// @param maxBytes the most that is read
  /// @throws ProblemException 415 for another type or an encoded body, 413 when it is longer, 400
  ///   when it is not such a document
  public static ObjectNode object(ApiRequest request, long maxBytes) {
    requireJson(request);
    byte[] bytes = read(request, maxBytes);
    try {
      if (Json.read(bytes) instanceof ObjectNode object) {
        return object;
      }
      throw new ProblemException(Problem.of(400, "the body: expected a JSON object"));
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problem.of(400, "the body: " + place(e) + reason(e)), e);
    } catch (IOException e) {
      throw new ProblemException(Problem.of(400, "the body: expected JSON in UTF-8"), e);
    }
  }

  private static void requireJson(ApiRequest request) {
    String type = request.header("content-type");
    if (!MediaTypes.isType(type, MediaTypes.JSON)) {
      String got = type == null ? "none" : Text.quoted(type);
      throw new ProblemException(
          Problem.of(415, "Content-Type: expected " + MediaTypes.JSON + ", got " + got)
              .withHeader("Accept", MediaTypes.JSON));
    }
    String encoding = request.header("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new ProblemException(
          Problem.of(415, "Content-Encoding: expected none, got " + Text.quoted(encoding))
              .withHeader("Accept-Encoding", "identity"));
    }
  }

  private static byte[] read(ApiRequest request, long maxBytes) {
    InputStream body = request.body().get();
    byte[] bytes;
    try {
      bytes = body.readNBytes(Math.toIntExact(maxBytes + 1));
      if (bytes.length > maxBytes) {
        waste(body);
      }
    } catch (IOException | RuntimeException e) {
      // The server's streams throw unchecked exceptions when a client goes away.
      throw new ProblemException(
          Problem.of(400, "the body: it did not arrive whole").withHeader("Connection", "close"),
          e);
    }
    if (bytes.length > maxBytes) {
      // What is left of the body would be taken for the next request.
      throw new ProblemException(
          Problem.of(413, "the body: expected at most " + maxBytes + " bytes")
              .withHeader("Connection", "close"));
    }
    return bytes;
  }

  private static void waste(InputStream body) throws IOException {
    byte[] some = new byte[8 * 1024];
    int wasted = 0;
    int read = body.read(some);
    while (read >= 0 && wasted < MAX_WASTED_BYTES) {
      wasted += read;
      read = body.read(some);
    }
  }

  private static String place(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? ""
        : "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    if (message == null) {
      return "expected one JSON document";
    }
    // In parentheses the parser speaks about its own options.
    String line = message.lines().findFirst().orElse("");
    int aside = line.indexOf(" (");
    return "expected one JSON document: " + (aside < 0 ? line : line.substring(0, aside));
  }
}
