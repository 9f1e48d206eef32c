package io.aftersend.edge.post;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.aftersend.edge.http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON answers: problem documents (RFC 9457), and what came of a batch.
public final class Problems {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String RETRY_AFTER_SECONDS = "5";

  private Problems() {}

  /// A problem whose status says it all but for the detail.
  ///
  /// @param detail what was expected and what came
  public static Answer of(int status, String detail) {
    return of(status, detail, Map.of());
  }

  /// A problem with further headers.
  public static Answer of(int status, String detail, Map<String, String> further) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/problem+json");
    headers.put("Cache-Control", "no-store");
    headers.putAll(further);
    return Answer.of(
        status,
        headers,
        json(
            out -> {
              out.writeStartObject();
              out.writeStringField("type", "about:blank");
              out.writeStringField("title", Answer.reason(status));
              out.writeNumberField("status", status);
              out.writeStringField("detail", detail);
              out.writeEndObject();
            }));
  }

  /// 503 that asks to come again.
  static Answer unavailable(String detail) {
    return of(503, detail, Map.of("Retry-After", RETRY_AFTER_SECONDS));
  }

  /// 202 with what came of each element.
  static Answer accepted(int accepted, List<Batch.Rejected> rejected) {
    byte[] body =
        json(
            out -> {
              out.writeStartObject();
              out.writeNumberField("accepted", accepted);
              out.writeArrayFieldStart("rejected");
              for (Batch.Rejected element : rejected) {
                out.writeStartObject();
                out.writeNumberField("index", element.index());
                out.writeStringField("field", element.rejection().field());
                out.writeStringField("error", element.rejection().error());
                out.writeEndObject();
              }
              out.writeEndArray();
              out.writeEndObject();
            });
    return Answer.of(
        202, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), body);
  }

  private interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] json(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
