package io.aftersend.query.page;

import io.aftersend.query.http.Answer;
import io.aftersend.query.http.ApiRequest;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// One file of the dashboard in memory, plain and, where that is smaller, as gzip. Immutable.
final class PageFile implements Route.Operation {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "txt", "text/plain; charset=utf-8",
          "woff2", "font/woff2");

  private final Answer plain;
  private final Answer gzip;

  /// @param headers that both forms carry
  PageFile(String name, byte[] bytes, Map<String, String> headers) {
    Answer answer =
        new Answer(200, type(name), bytes, headers).withHeader("Vary", "Accept-Encoding");
    byte[] packed = pack(bytes);
    this.plain = answer;
    this.gzip =
        packed.length < bytes.length
            ? new Answer(200, answer.contentType(), packed, answer.headers())
                .withHeader("Content-Encoding", "gzip")
            : answer;
  }

  Answer answer(ApiRequest request) {
    return takesGzip(request) ? gzip : plain;
  }

  @Override
  public Answer answer(Call call) {
    return answer(call.request());
  }

  /// What we build is small enough for a look without the grammar of qualities: whoever writes
  /// `gzip;q=0` is not a browser.
  private static boolean takesGzip(ApiRequest request) {
    String accepted = request.header("accept-encoding");
    return accepted != null
        && accepted.toLowerCase(Locale.ROOT).contains("gzip")
        && !accepted.replace(" ", "").contains("gzip;q=0");
  }

  private static String type(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException("the page's file " + name + " has no known media type");
    }
    return type;
  }

  private static byte[] pack(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can always be written", e);
    }
    return packed.toByteArray();
  }
}
