package io.aftersend.bench.generator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Requests without bodies, taken in turn. For one thread.
public final class Requests {
  private static final String END = "\r\n\r\n";

  private final ByteBuffer[] requests;
  private int next;

  private Requests(List<String> heads) {
    requests = heads.stream().map(Requests::direct).toArray(ByteBuffer[]::new);
  }

  /// Reads requests that stand in a file one behind the other.
  public static Requests read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    List<String> heads = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf(END); end >= 0; end = text.indexOf(END, from)) {
      heads.add(text.substring(from, end + END.length()));
      from = end + END.length();
    }
    if (heads.isEmpty() || from != text.length()) {
      throw new IOException(file + ": expected whole requests, each ended by an empty line");
    }
    return new Requests(heads);
  }

  /// Writes a file that [#read(Path)] reads.
  public static void write(Path file, List<String> heads) throws IOException {
    Files.writeString(file, String.join("", heads), StandardCharsets.ISO_8859_1);
  }

  /// The next request, to be written at once.
  ByteBuffer next() {
    ByteBuffer request = requests[next];
    next = next + 1 == requests.length ? 0 : next + 1;
    return request.rewind();
  }

  private static ByteBuffer direct(String head) {
    byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
