package io.aftersend.edge.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A naive reading of all bytes of a connection by RFC 9112 with the edge's strictness and default
/// limits: an oracle for what may be answered, and where the answers must end.
final class StrictReading {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String TEXT = "[\\t\\x20-\\x7e\\x80-\\xff]*";
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e\\x80-\\xff]+) HTTP/(\\d)\\.(\\d)");
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/]*).*");
  private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):(" + TEXT + ")");
  private static final Pattern BLANKS_AROUND = Pattern.compile("^[ \\t]+|[ \\t]+$");
  private static final Pattern HOST = Pattern.compile("[\\x21-\\x7f&&[^/\\\\@,?#]]*");
  private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})(;" + TEXT + ")?");
  private static final List<String> NOT_IN_TRAILERS =
      List.of("host", "content-length", "transfer-encoding");

  private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;
  private static final int MAX_HEADER_BYTES = 32 * 1024;
  private static final int MAX_HEADER_LINES = 200;
  private static final int MAX_CHUNK_LINE_BYTES = 256;
  private static final int MAX_TRAILER_BYTES = 8 * 1024;

  /// How much of a request is there, and whether it is well-formed so far.
  enum Fate {
    WHOLE,
    BROKEN_HEAD,
    CUT_HEAD,
    BROKEN_BODY,
    CUT_BODY
  }

  /// One request as read. Any but a whole one is the last.
  ///
  /// @param offset where it begins among all bytes
  /// @param method empty when the head is broken or cut
  record Request(
      int offset,
      Fate fate,
      String method,
      boolean hasBody,
      boolean keepsAlive,
      boolean expectsContinue) {}

  private record Field(String name, String value) {}

  /// Thrown where the rest cannot be read.
  private static final class EndOfReading extends Exception {
    private final Fate fate;

    EndOfReading(Fate fate) {
      super(fate.name(), null, false, false);
      this.fate = fate;
    }
  }

  private final String text;
  private int at;

  private StrictReading(String text) {
    this.text = text;
  }

  /// All requests, in order.
  ///
  /// @param text one character for each byte
  static List<Request> of(String text) {
    StrictReading reading = new StrictReading(text);
    List<Request> requests = new ArrayList<>();
    boolean isOver = false;
    while (!isOver && reading.at < text.length()) {
      Request request = reading.next();
      requests.add(request);
      isOver = request.fate() != Fate.WHOLE;
    }
    return requests;
  }

  private Request next() {
    int offset = at;
    Request head;
    boolean isChunked;
    long length;
    try {
      List<String> lines = headLines();
      String method = method(lines.getFirst());
      List<Field> fields = fields(lines.subList(1, lines.size()));
      boolean isHttp11 = !lines.getFirst().endsWith("0");
      checkHost(lines.getFirst(), fields, isHttp11);
      isChunked = isChunked(fields, isHttp11);
      length = length(fields);
      check(!isChunked || !has(fields, "content-length"));
      boolean hasBody = isChunked || length > 0;
      boolean expects = hasBody && isHttp11 && has(fields, "expect");
      check(!expects || first(fields, "expect").equalsIgnoreCase("100-continue"));
      boolean keepsAlive = keepsAlive(fields, isHttp11);
      head = new Request(offset, Fate.WHOLE, method, hasBody, keepsAlive, expects);
    } catch (EndOfReading e) {
      return new Request(offset, e.fate, "", false, false, false);
    }
    try {
      readBody(isChunked, length);
      return head;
    } catch (EndOfReading e) {
      return new Request(
          offset, e.fate, head.method(), true, head.keepsAlive(), head.expectsContinue());
    }
  }

  private static void check(boolean isWellFormed) throws EndOfReading {
    if (!isWellFormed) {
      throw new EndOfReading(Fate.BROKEN_HEAD);
    }
  }

  private List<String> headLines() throws EndOfReading {
    int start = text.startsWith("\r\n", at) ? at + 2 : at;
    int end = text.indexOf("\r\n\r\n", start);
    if (end < 0) {
      throw new EndOfReading(Fate.CUT_HEAD);
    }
    at = end + 4;
    List<String> lines = List.of(text.substring(start, end).split("\r\n", -1));
    check(lines.getFirst().length() <= MAX_REQUEST_LINE_BYTES);
    check(end + 2 - start - lines.getFirst().length() - 2 <= MAX_HEADER_BYTES);
    check(lines.size() - 1 <= MAX_HEADER_LINES);
    return lines;
  }

  private static String method(String requestLine) throws EndOfReading {
    Matcher line = REQUEST_LINE.matcher(requestLine);
    check(line.matches());
    check(line.group(3).equals("1"));
    String method = line.group(1);
    String target = line.group(2);
    boolean needsPath = List.of("GET", "HEAD", "POST").contains(method);
    check(!needsPath || target.startsWith("/") || ABSOLUTE.matcher(target).matches());
    return method;
  }

  private static List<Field> fields(List<String> lines) throws EndOfReading {
    List<Field> fields = new ArrayList<>();
    for (String line : lines) {
      Matcher field = FIELD.matcher(line);
      check(field.matches());
      fields.add(new Field(field.group(1).toLowerCase(Locale.ROOT), withoutBlanks(field.group(2))));
    }
    return fields;
  }

  private static String withoutBlanks(String value) {
    return BLANKS_AROUND.matcher(value).replaceAll("");
  }

  private static long count(List<Field> fields, String name) {
    return fields.stream().filter(field -> field.name().equals(name)).count();
  }

  private static boolean has(List<Field> fields, String name) {
    return count(fields, name) > 0;
  }

  private static String first(List<Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }

  private static void checkHost(String requestLine, List<Field> fields, boolean isHttp11)
      throws EndOfReading {
    long hosts = count(fields, "host");
    check(hosts == 1 || (hosts == 0 && !isHttp11));
    String host = first(fields, "host");
    check(HOST.matcher(host).matches());
    Matcher target = ABSOLUTE.matcher(requestLine.split(" ", -1)[1]);
    if (target.matches()) {
      String authority = target.group(1);
      check(!authority.isEmpty() && (hosts == 0 || authority.equalsIgnoreCase(host)));
    }
  }

  private static boolean isChunked(List<Field> fields, boolean isHttp11) throws EndOfReading {
    if (!has(fields, "transfer-encoding")) {
      return false;
    }
    check(isHttp11 && count(fields, "transfer-encoding") == 1);
    check(first(fields, "transfer-encoding").equalsIgnoreCase("chunked"));
    return true;
  }

  private static long length(List<Field> fields) throws EndOfReading {
    if (!has(fields, "content-length")) {
      return 0;
    }
    String length = first(fields, "content-length");
    check(count(fields, "content-length") == 1 && length.matches("[0-9]+"));
    return length.length() > 18 ? Long.MAX_VALUE : Long.parseLong(length);
  }

  private static boolean keepsAlive(List<Field> fields, boolean isHttp11) {
    List<String> options =
        fields.stream()
            .filter(field -> field.name().equals("connection"))
            .flatMap(field -> List.of(field.value().split(",", -1)).stream())
            .map(option -> withoutBlanks(option).toLowerCase(Locale.ROOT))
            .toList();
    return !options.contains("close") && (isHttp11 || options.contains("keep-alive"));
  }

  private void readBody(boolean isChunked, long length) throws EndOfReading {
    if (!isChunked) {
      skip(length);
      return;
    }
    long size = chunkSize();
    while (size > 0) {
      skip(size);
      if (!text.startsWith("\r\n", at)) {
        boolean isCut = "\r\n".startsWith(text.substring(at, Math.min(at + 2, text.length())));
        throw new EndOfReading(isCut ? Fate.CUT_BODY : Fate.BROKEN_BODY);
      }
      at += 2;
      size = chunkSize();
    }
    readTrailers();
  }

  private void skip(long bytes) throws EndOfReading {
    if (text.length() - at < bytes) {
      throw new EndOfReading(Fate.CUT_BODY);
    }
    at += (int) bytes;
  }

  private long chunkSize() throws EndOfReading {
    String line = bodyLine(MAX_CHUNK_LINE_BYTES);
    Matcher size = CHUNK_SIZE.matcher(line);
    if (!size.matches()) {
      throw new EndOfReading(Fate.BROKEN_BODY);
    }
    return Long.parseLong(size.group(1), 16);
  }

  private void readTrailers() throws EndOfReading {
    int left = MAX_TRAILER_BYTES;
    for (String line = bodyLine(left); !line.isEmpty(); line = bodyLine(left)) {
      left -= line.length() + 2;
      Matcher field = FIELD.matcher(line);
      if (!field.matches() || NOT_IN_TRAILERS.contains(field.group(1).toLowerCase(Locale.ROOT))) {
        throw new EndOfReading(Fate.BROKEN_BODY);
      }
    }
  }

  private String bodyLine(int maxBytes) throws EndOfReading {
    int lineFeed = text.indexOf('\n', at);
    if (lineFeed < 0) {
      throw new EndOfReading(Fate.CUT_BODY);
    }
    String line = text.substring(at, lineFeed);
    if (line.isEmpty() || line.indexOf('\r') != line.length() - 1 || line.length() - 1 > maxBytes) {
      throw new EndOfReading(Fate.BROKEN_BODY);
    }
    at = lineFeed + 1;
    return line.substring(0, line.length() - 1);
  }
}
