package io.aftersend.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ClickHouse's HTTP protocol, seen from a client that speaks it by hand.
class ClickHouseHttpIT {
  @TempDir static Path directory;
  static ClickHouseServer server;
  static RawClient client;

  @BeforeAll
  static void start() throws Exception {
    server = TestServers.start(directory);
    client = new RawClient(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String get(String pathAndQuery) throws Exception {
    return new String(
        RawClient.good(client.send(client.request(pathAndQuery).GET().build())),
        StandardCharsets.UTF_8);
  }

  @Test
  void answersPingsAndGetsWithoutAQuery() throws Exception {
    assertThat(get("/ping")).isEqualTo("Ok.\n");
    assertThat(get("/replicas_status")).isEqualTo("Ok.\n");
    assertThat(get("/")).isEqualTo("Ok.\n");
    assertThat(get("/?query=SELECT%201")).isEqualTo("1\n");
    assertThat(client.send(client.request("/nothing").GET().build()).statusCode()).isEqualTo(404);
  }

  @Test
  void saysWhatAnAnswerIs() throws Exception {
    HttpResponse<byte[]> answer =
        client.post("/?default_format=JSON&query_id=abc", utf8("SELECT 1 AS a"));
    assertThat(answer.headers().map())
        .containsEntry("x-clickhouse-query-id", List.of("abc"))
        .containsEntry("x-clickhouse-format", List.of("JSON"))
        .containsEntry("x-clickhouse-timezone", List.of("UTC"))
        .containsEntry("content-type", List.of("application/json; charset=UTF-8"))
        .containsKeys("x-clickhouse-summary", "x-clickhouse-server-display-name");
    HttpResponse<byte[]> csv =
        client.post("/?default_format=JSON", utf8("SELECT 1 AS format FORMAT CSV"));
    assertThat(csv.body()).asString().isEqualTo("1\n");
    assertThat(csv.headers().firstValue("x-clickhouse-format")).hasValue("CSV");
  }

  @Test
  void countsWrittenRowsInTheSummary() throws Exception {
    client.bytes("CREATE TABLE counted (a UInt8) ENGINE = Memory");
    HttpResponse<byte[]> answer = client.post("/", utf8("INSERT INTO counted VALUES (1),(2),(3)"));
    assertThat(answer.headers().firstValue("x-clickhouse-summary").orElseThrow())
        .contains("\"written_rows\":\"3\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM missing|404|60|UNKNOWN_TABLE",
        "SELECT * FROM missing.t|404|81|UNKNOWN_DATABASE",
        "SELEC 1|400|62|SYNTAX_ERROR",
        "SELECT 1; SELECT 2|400|62|SYNTAX_ERROR",
        "DROP TABLE IF EXISTS a; DROP TABLE IF EXISTS b|400|62|SYNTAX_ERROR",
        "SELECT 1 FORMAT Nope|404|73|UNKNOWN_FORMAT",
        "SELECT 1 SETTINGS nope = 1|404|115|UNKNOWN_SETTING",
        "SELECT throwIf(1)|500|395|FUNCTION_THROW_IF_VALUE_IS_NON_ZERO",
        "SELECT 1 INTO OUTFILE '/tmp/x'|500|358|INTO_OUTFILE_NOT_ALLOWED",
        "INSERT INTO missing FORMAT CSV 1|404|60|UNKNOWN_TABLE",
        "CREATE USER x|403|497|ACCESS_DENIED"
      })
  void tellsAnErrorByStatusCodeAndText(String sql, int status, int code, String name)
      throws Exception {
    HttpResponse<byte[]> answer = client.post("/", utf8(sql));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-clickhouse-exception-code"))
        .hasValue(Integer.toString(code));
    assertThat(answer.body())
        .asString()
        .startsWith("Code: " + code + ". DB::Exception: ")
        .contains("(" + name + ")")
        .contains("(version ")
        .doesNotContain("DB::Exception: Code");
  }

  @Test
  void breaksOffAnAnswerThatFailsLate() throws Exception {
    String sql =
        "SELECT number, throwIf(number = 250000) FROM numbers(300000)"
            + " SETTINGS max_block_size = 1000";
    assertThatThrownBy(() -> client.bytes(sql)).isInstanceOf(IOException.class);
    String raw =
        rawAnswer(
            "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + sql.length()
                + "\r\n\r\n"
                + sql);
    String name = "exception-tag: ";
    int tagAt = raw.indexOf(name) + name.length();
    String tag = raw.substring(tagAt, tagAt + 16);
    assertThat(raw).doesNotEndWith("\r\n0\r\n\r\n");
    String body = withoutChunks(raw);
    assertThat(body.substring(body.length() - 1000))
        .contains("__exception__\r\n" + tag + "\r\nCode: 395.")
        .endsWith(" " + tag + "\r\n__exception__\r\n");
    HttpResponse<byte[]> waited = client.post("/?wait_end_of_query=1", utf8(sql));
    assertThat(waited.statusCode()).isEqualTo(500);
  }

  /// The body of a chunked answer that may be broken off: a chunk can end anywhere within it.
  private static String withoutChunks(String raw) {
    StringBuilder body = new StringBuilder();
    int at = raw.indexOf("\r\n\r\n") + 4;
    while (at < raw.length()) {
      int lineEnd = raw.indexOf("\r\n", at);
      int length = Integer.parseInt(raw.substring(at, lineEnd), 16);
      body.append(raw, lineEnd + 2, lineEnd + 2 + length);
      at = lineEnd + 2 + length + 2;
    }
    return body.toString();
  }

  private static String rawAnswer(String request) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
      socket.getOutputStream().write(utf8(request));
      socket.setSoTimeout(30_000);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void keepsSettingsAndDatabaseFromTheNextStatement() throws Exception {
    client.bytes("CREATE DATABASE other");
    client.bytes("CREATE TABLE other.inside (a UInt8) ENGINE = Memory");
    String ask = "SELECT getSetting('max_threads'), currentDatabase()";
    assertThat(
            new String(
                RawClient.good(client.post("/?max_threads=7&database=other", utf8(ask))),
                StandardCharsets.UTF_8))
        .isEqualTo("7\tother\n");
    client.bytes("SET max_threads = 9");
    client.bytes("USE other");
    assertThat(client.text(ask)).doesNotStartWith("7").doesNotStartWith("9").endsWith("default");
    HttpResponse<byte[]> unknown = client.post("/?no_such_setting=1", utf8("SELECT 1"));
    assertThat(unknown.headers().firstValue("x-clickhouse-exception-code")).hasValue("115");
    HttpResponse<byte[]> wrong = client.post("/?max_threads='", utf8("SELECT 1"));
    assertThat(wrong.statusCode()).isEqualTo(400);
  }

  @Test
  void keepsTemporaryTablesInASession() throws Exception {
    RawClient.good(client.post("/?session_id=s1", utf8("CREATE TEMPORARY TABLE tmp (a UInt8)")));
    RawClient.good(client.post("/?session_id=s1", utf8("INSERT INTO tmp VALUES (5)")));
    RawClient.good(client.post("/?session_id=s1", utf8("SET max_threads = 3")));
    String ask = "SELECT a, getSetting('max_threads') FROM tmp";
    assertThat(RawClient.good(client.post("/?session_id=s1", utf8(ask))))
        .asString()
        .isEqualTo("5\t3\n");
    assertThat(client.post("/", utf8(ask)).statusCode()).isEqualTo(404);
    assertThat(client.post("/?session_id=s2", utf8(ask)).statusCode()).isEqualTo(404);
  }

  @Test
  void changesNothingByGet() throws Exception {
    client.bytes("CREATE TABLE kept (a UInt8) ENGINE = Memory");
    for (String sql :
        List.of("DROP TABLE kept", "INSERT INTO kept VALUES (1)", "SET readonly = 0")) {
      HttpResponse<byte[]> answer =
          client.send(client.request("/?query=" + RawClient.encoded(sql)).GET().build());
      assertThat(answer.headers().firstValue("x-clickhouse-exception-code"))
          .as(sql)
          .hasValue("164");
    }
    assertThat(client.text("SELECT count() FROM kept")).isEqualTo("0");
  }

  @Test
  void bindsParametersOfQueriesAndInserts() throws Exception {
    String value = "it's \\t \\\\ {x}; --";
    String query = "/?param_x=" + RawClient.encoded("it\\'s \\\\t \\\\\\\\ {x}; --") + "&param_n=7";
    assertThat(
            RawClient.good(
                client.post(query, utf8("SELECT {x:String}, {n:UInt8} + 1 FORMAT TSVRaw"))))
        .asString()
        .isEqualTo(value + "\t8\n");
    client.bytes("CREATE TABLE bound (a UInt8, x String) ENGINE = Memory");
    RawClient.good(client.post(query, utf8("INSERT INTO bound VALUES ({n:UInt8}, {x:String})")));
    RawClient.good(
        client.post(
            query + "&param_t=bound", utf8("INSERT INTO {t:Identifier} FORMAT CSV\n8,y\n")));
    assertThat(client.text("SELECT a, x FROM bound ORDER BY a FORMAT TSVRaw"))
        .isEqualTo("7\t" + value + "\n8\ty");
  }

  @Test
  void compressesAnswersAsAsked() throws Exception {
    String sql = "SELECT number, repeat('x', 20) FROM numbers(100000)";
    byte[] plain = client.bytes(sql);
    byte[] blocks = RawClient.good(client.post("/?compress=1", utf8(sql)));
    assertThat(blocks).hasSizeLessThan(plain.length / 2);
    assertThat(Lz4Blocks.decompressed(blocks)).isEqualTo(plain);

    HttpRequest gzip =
        client
            .request("/?enable_http_compression=1")
            .header("Accept-Encoding", "br, gzip")
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    HttpResponse<byte[]> zipped = client.send(gzip);
    assertThat(zipped.headers().firstValue("content-encoding")).hasValue("gzip");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain);
    }
    byte[] error = client.post("/?compress=1", utf8("SELECT * FROM missing")).body();
    assertThat(Lz4Blocks.decompressed(error)).asString().startsWith("Code: 60.");
  }

  @Test
  void readsCompressedBodies() throws Exception {
    client.bytes("CREATE TABLE packed (a UInt32) ENGINE = Memory");
    byte[] data = new byte[40_000];
    Arrays.fill(data, (byte) 10);
    String query = "&query=" + RawClient.encoded("INSERT INTO packed FORMAT RowBinary");
    RawClient.good(client.post("/?decompress=1" + query, Lz4Blocks.compressed(data)));
    HttpRequest gzip =
        client
            .request("/?" + query.substring(1))
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(gzipped(data)))
            .build();
    RawClient.good(client.send(gzip));
    assertThat(client.text("SELECT count(), uniq(a) FROM packed")).isEqualTo("20000\t1");

    byte[] cut = Arrays.copyOf(Lz4Blocks.compressed(data), 20_000);
    assertThat(client.post("/?decompress=1" + query, cut).statusCode()).isNotEqualTo(200);
    assertThat(client.text("SELECT count() FROM packed")).isEqualTo("20000");
  }

  private static byte[] gzipped(byte[] data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(data);
    }
    return out.toByteArray();
  }

  private static final String TYPES =
      """
      SELECT number AS n, toString(number) AS s, toUInt8(number % 2) AS b,
        if(number % 2 = 0, NULL, number / 4)::Nullable(Float64) AS f,
        toLowCardinality(concat('k', toString(number % 3))) AS l,
        arrayMap(x -> toString(x), range(number % 4)) AS a,
        [if(number % 2 = 0, NULL, number)]::Array(Nullable(UInt64)) AS o,
        toDateTime(number, 'UTC') AS t, toDateTime64(number, 3, 'UTC') AS u,
        toDecimal64(number, 2) AS d
      FROM numbers(100000)
      """;

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void sendsNativeBlocksAsClickhouseGoReadsThem(boolean hasVersion, boolean isCompressed)
      throws Exception {
    String query =
        "/?database=default&default_format=Native"
            + (hasVersion ? "&client_protocol_version=54460" : "")
            + (isCompressed ? "&compress=1" : "");
    byte[] answer = RawClient.good(client.post(query, utf8(TYPES)));
    byte[] bytes = isCompressed ? Lz4Blocks.decompressed(answer) : answer;
    Map<String, List<@Nullable Object>> columns = new NativeDecoder(bytes, hasVersion).columns();
    assertThat(columns.values()).allSatisfy(column -> assertThat(column).hasSize(100_000));
    assertThat(row(columns, 7))
        .containsExactly(
            7L, "7", 1, 1.75, "k1", List.of("0", "1", "2"), List.of(7L), 7L, 7_000L, 700L);
    assertThat(row(columns, 99_998).subList(0, 6))
        .containsExactly(99_998L, "99998", 0, null, "k2", List.of("0", "1"));
  }

  private static List<@Nullable Object> row(Map<String, List<@Nullable Object>> columns, int at) {
    List<@Nullable Object> row = new ArrayList<>();
    columns.values().forEach(column -> row.add(column.get(at)));
    return row;
  }

  @Test
  void greetsClickhouseGo() throws Exception {
    byte[] answer =
        RawClient.good(
            client.post(
                "/?database=default&default_format=Native&client_protocol_version=54460",
                utf8("SELECT displayName(), version(), revision(), timezone()")));
    Map<String, List<@Nullable Object>> hello = new NativeDecoder(answer, true).columns();
    assertThat(hello.keySet())
        .containsExactly("displayName()", "version()", "revision()", "timezone()");
    assertThat(hello.get("timezone()")).containsExactly("UTC");
  }

  @Test
  void refusesWebPagesAndForeignHosts() throws Exception {
    HttpRequest fromPage =
        client
            .request("/?query=SELECT%201")
            .header("Origin", "http://localhost")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(client.send(fromPage).statusCode()).isEqualTo(403);
    for (String host : List.of("evil.example", "evil.example:8123", "localhost.evil.example", "")) {
      assertThat(rawAnswer("GET /ping HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 403");
    }
    for (String host : List.of("LOCALHOST:1", "127.0.0.1", "[::1]:8123", "127.1.2.3:80")) {
      assertThat(rawAnswer("GET /ping HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void refusesOtherUsers() throws Exception {
    HttpResponse<byte[]> answer = client.post("/?user=root", utf8("SELECT 1"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("x-clickhouse-exception-code")).hasValue("516");
  }

  @Test
  void runsManyQueriesAndInsertsAtATime() throws Exception {
    client.bytes("CREATE TABLE busy (a UInt32) ENGINE = MergeTree ORDER BY a");
    List<Callable<String>> work = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String sql =
          i % 2 == 0
              ? "INSERT INTO busy FORMAT CSV\n" + i + "\n" + (i + 1000) + "\n"
              : "SELECT sum(number) >= 0 FROM numbers(1000000)";
      work.add(() -> client.text(sql));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      for (Future<String> each : threads.invokeAll(work)) {
        assertThat(each.get()).isIn("", "1");
      }
    }
    assertThat(client.text("SELECT count(), uniqExact(a) FROM busy")).isEqualTo("60\t60");
  }

  @Test
  void livesOnWhenAStatementWantsTooMuchMemory() throws Exception {
    HttpResponse<byte[]> answer =
        client.post(
            "/", utf8("SELECT groupArray(repeat(toString(number), 1000)) FROM numbers(3000000)"));
    assertThat(answer.headers().firstValue("x-clickhouse-exception-code")).hasValue("241");
    assertThat(client.text("SELECT 1")).isEqualTo("1");
    assertThat(server.restarts()).isZero();
  }
}
