package io.aftersend.embedded.clickhouse.front;

import com.clickhouse.data.stream.Lz4InputStream;
import com.clickhouse.data.stream.Lz4OutputStream;
import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;

/// The compressions of bodies: HTTP's own by header, and ClickHouse's LZ4 blocks by parameter.
///
/// The library has deprecated its block streams for its users; there is no other public codec in
/// it.
@SuppressWarnings("deprecation")
final class Encodings {
  private static final int BLOCK_BYTES = 256 << 10;
  private static final int UNKNOWN_COMPRESSION_METHOD = 89;

  private Encodings() {}

  /// The body as it was before the client compressed it.
  static InputStream decoded(Request request, InputStream body)
      throws EngineException, IOException {
    String encoding = request.header("Content-Encoding").orElse("identity");
    InputStream plain =
        switch (encoding.toLowerCase(Locale.ROOT)) {
          case "identity" -> body;
          case "gzip", "x-gzip" -> new GZIPInputStream(body, BLOCK_BYTES);
          case "deflate" -> new InflaterInputStream(body);
          case "lz4" -> new FramedLZ4CompressorInputStream(body, true);
          default ->
              throw EngineException.of(
                  UNKNOWN_COMPRESSION_METHOD,
                  "UNKNOWN_COMPRESSION_METHOD",
                  "expected Content-Encoding gzip, deflate or lz4, got " + encoding);
        };
    return request.isOn("decompress") ? new Lz4InputStream(plain) : plain;
  }

  /// The content coding that the client accepts and asks for by `enable_http_compression`.
  static Optional<String> accepted(Request request) {
    if (!request.isOn("enable_http_compression")) {
      return Optional.empty();
    }
    String accepted = request.header("Accept-Encoding").orElse("").toLowerCase(Locale.ROOT);
    for (String coding : accepted.split(",", -1)) {
      String name = coding.strip().replaceAll(";.*", "");
      if (name.equals("gzip") || name.equals("deflate") || name.equals("lz4")) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /// A stream that compresses with a coding of [#accepted].
  static OutputStream encoding(String coding, OutputStream out) throws IOException {
    return switch (coding) {
      case "gzip" -> new GZIPOutputStream(out, BLOCK_BYTES, true);
      case "deflate" -> new DeflaterOutputStream(out, true);
      default -> new FramedLZ4CompressorOutputStream(out);
    };
  }

  /// A stream that writes ClickHouse's checksummed LZ4 blocks.
  static OutputStream blocks(OutputStream out) {
    return new Lz4OutputStream(out, BLOCK_BYTES, null);
  }
}
