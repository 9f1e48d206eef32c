package io.aftersend.embedded.clickhouse.front;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.aftersend.embedded.clickhouse.engine.EngineCounts;
import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The answer to one request. Its beginning is held back, so that a statement that fails early is
/// answered with a status; later failures are written into the body and break it off.
///
/// Confined to one thread.
final class Answer extends OutputStream {
  private static final int HELD_BYTES = 128 << 10;

  /// With `wait_end_of_query`, how much is held back before the answer begins all the same.
  private static final int HELD_WHOLE_BYTES = 64 << 20;

  private static final String MARK = "__exception__";
  private static final int TAG_CHARACTERS = 16;

  /// The front's identity in every answer.
  record Server(String name, String version, String timeZone) {}

  private final HttpExchange exchange;
  private final Server server;
  private final Request request;
  private final Optional<String> coding;
  private final String exceptionTag =
      UUID.randomUUID().toString().replace("-", "").substring(0, TAG_CHARACTERS);
  private final int holdBytes;
  private ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable OutputStream body;
  private OutputStream encoded;

  Answer(HttpExchange exchange, Server server, Request request) throws IOException {
    this.exchange = exchange;
    this.server = server;
    this.request = request;
    this.coding = Encodings.accepted(request);
    this.holdBytes = request.isOn("wait_end_of_query") ? HELD_WHOLE_BYTES : HELD_BYTES;
    this.encoded = encodings();
    Headers headers = exchange.getResponseHeaders();
    headers.set("X-ClickHouse-Server-Display-Name", server.name());
    headers.set("X-ClickHouse-Timezone", server.timeZone());
    headers.set("X-ClickHouse-Exception-Tag", exceptionTag);
    headers.set(
        "X-ClickHouse-Query-Id",
        request.parameter("query_id").orElseGet(() -> UUID.randomUUID().toString()));
    coding.ifPresent(it -> headers.set("Content-Encoding", it));
  }

  private OutputStream encodings() throws IOException {
    OutputStream out = coding.isPresent() ? Encodings.encoding(coding.get(), this) : this;
    return request.isOn("compress") ? Encodings.blocks(out) : out;
  }

  /// Where the answer's plain bytes are written to.
  OutputStream plain() {
    return encoded;
  }

  void describe(String format) {
    exchange.getResponseHeaders().set("X-ClickHouse-Format", format);
    exchange.getResponseHeaders().set("Content-Type", Formats.contentType(format));
  }

  /// Puts the counts into the header, if it is not sent yet.
  void summarize(EngineCounts counts, long elapsedNs) {
    if (body == null) {
      exchange
          .getResponseHeaders()
          .set(
              "X-ClickHouse-Summary",
              """
              {"read_rows":"%d","read_bytes":"%d","written_rows":"%d","written_bytes":"%d",\
              "total_rows_to_read":"0","result_rows":"%d","result_bytes":"0","elapsed_ns":"%d"}\
              """
                  .formatted(
                      counts.readRows(),
                      counts.readBytes(),
                      counts.writtenRows(),
                      counts.writtenBytes(),
                      counts.resultRows(),
                      elapsedNs));
    }
  }

  /// Ends a good answer.
  void end() throws IOException {
    encoded.close();
    if (body == null) {
      int length = held.size();
      boolean isEmpty = length == 0 || request.method().equals("HEAD");
      exchange.sendResponseHeaders(200, isEmpty ? -1 : length);
      if (!isEmpty) {
        try (OutputStream out = exchange.getResponseBody()) {
          held.writeTo(out);
        }
      }
    } else {
      body.close();
    }
    exchange.close();
  }

  /// Ends a failed answer with a status and the message, or, when it has begun, by breaking it off.
  ///
  /// @throws IOException always when the answer had begun: the caller lets the connection go
  void fail(EngineException e) throws IOException {
    String text = e.text(server.version());
    if (body != null) {
      breakOff(text);
      throw new IOException("the answer broke off: " + text);
    }
    held = new ByteArrayOutputStream();
    encoded = encodings();
    encoded.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    encoded.close();
    exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", Integer.toString(e.code()));
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
    boolean isHead = request.method().equals("HEAD");
    exchange.sendResponseHeaders(HttpStatus.of(e.code()), isHead ? -1 : held.size());
    if (!isHead) {
      try (OutputStream out = exchange.getResponseBody()) {
        held.writeTo(out);
      }
    }
    exchange.close();
  }

  /// Like [#fail], but leaves an answer alone that has begun or ended.
  void failIfUnbegun(EngineException e) throws IOException {
    if (body == null && exchange.getResponseCode() < 0) {
      fail(e);
    }
  }

  /// As ClickHouse writes it: mark, tag, message, its length and the tag again, mark.
  private void breakOff(String text) throws IOException {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(
        ("\r\n" + MARK + "\r\n" + exceptionTag + "\r\n").getBytes(StandardCharsets.UTF_8));
    block.writeBytes(message);
    block.writeBytes(
        ("\n" + (message.length + 1) + " " + exceptionTag + "\r\n" + MARK + "\r\n")
            .getBytes(StandardCharsets.UTF_8));
    encoded.write(block.toByteArray());
    encoded.flush();
    if (body != null) {
      body.flush();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (body == null && held.size() + length > holdBytes) {
      begin();
    }
    if (body == null) {
      held.write(bytes, offset, length);
    } else {
      body.write(bytes, offset, length);
    }
  }

  private void begin() throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    held.writeTo(out);
    held = new ByteArrayOutputStream();
    body = out;
  }

  /// The encodings close what they wrap; this stream is closed by [#end] alone.
  @Override
  public void close() {}
}
