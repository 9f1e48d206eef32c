package io.aftersend.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Data in every format that we use, with the bytes in it that part SQL from data elsewhere.
class ClickHouseFormatsIT {
  @TempDir static Path directory;
  static ClickHouseServer server;
  static RawClient client;
  static List<byte[]> hostile;

  @BeforeAll
  static void start() throws Exception {
    server = TestServers.start(directory);
    client = new RawClient(server.url());
    hostile = hostileRows();
    create("source");
    client.insert("INSERT INTO source (id, text) FORMAT RowBinary", rowBinary(hostile));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void create(String table) throws Exception {
    client.bytes(
        "CREATE OR REPLACE TABLE "
            + table
            + " (id UInt32, text String) ENGINE = MergeTree ORDER BY id");
  }

  /// Every byte alone and doubled, and texts that end SQL, data, strings or comments.
  private static List<byte[]> hostileRows() {
    List<byte[]> rows = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      rows.add(new byte[] {(byte) b});
      rows.add(new byte[] {(byte) b, (byte) b, 'x'});
    }
    for (String text :
        List.of(
            "",
            "\n\n\n\n",
            "a;\n\n;b",
            "'); DROP TABLE source; --",
            "FORMAT CSV\n\nVALUES (1)",
            "\\N\\\\\\'",
            "\"\"\"\r\n\r\n",
            "/* -- $tag$ `",
            "سلام")) {
      rows.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return rows;
  }

  private static byte[] rowBinary(List<byte[]> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int id = 0; id < rows.size(); id++) {
      out.writeBytes(new byte[] {(byte) id, (byte) (id >> 8), (byte) (id >> 16), 0});
      out.write(rows.get(id).length);
      out.writeBytes(rows.get(id));
    }
    return out.toByteArray();
  }

  @Test
  void keepsEveryByteOfRowBinary() throws Exception {
    assertThat(client.bytes("SELECT id, text FROM source ORDER BY id FORMAT RowBinary"))
        .isEqualTo(rowBinary(hostile));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RowBinary",
        "RowBinaryWithNamesAndTypes",
        "JSONEachRow",
        "JSONCompactEachRowWithNamesAndTypes",
        "TabSeparated",
        "TabSeparatedWithNames",
        "CSV",
        "CSVWithNames",
        "Values",
        "Native",
        "Avro",
        "Parquet"
      })
  void keepsEveryByteThrough(String format) throws Exception {
    byte[] data = client.bytes("SELECT id, text FROM source ORDER BY id FORMAT " + format);

    create("in_url");
    client.insert("INSERT INTO in_url (id, text) FORMAT " + format, data);
    assertSame("in_url");

    create("in_body");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("INSERT INTO in_body (id, text) FORMAT " + format + "\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(data);
    RawClient.good(client.post("/", body.toByteArray()));
    assertSame("in_body");
  }

  private static void assertSame(String table) throws Exception {
    assertThat(client.bytes("SELECT id, text FROM " + table + " ORDER BY id FORMAT RowBinary"))
        .isEqualTo(rowBinary(hostile));
  }

  @Test
  void keepsBlankLinesAndSemicolonsInsideOfValues() throws Exception {
    create("by_values");
    client.bytes(
        "INSERT INTO by_values (id, text) VALUES (1, 'a\n\n;b;'),\n\n\n(2, 'c''\n\n'), (3, lower('X'))\n;");
    assertThat(client.text("SELECT id, hex(text) FROM by_values ORDER BY id"))
        .isEqualTo("1\t610A0A3B623B\n2\t63270A0A\n3\t78");
  }

  @Test
  void takesValuesFromUrlAndBodyTogether() throws Exception {
    create("split");
    client.insert("INSERT INTO split VALUES", "(4,'a'),(5,'b')".getBytes(StandardCharsets.UTF_8));
    client.insert(
        "INSERT INTO split (id, text)", " FORMAT CSV\n6,c\n".getBytes(StandardCharsets.UTF_8));
    assertThat(client.text("SELECT groupArray(text) FROM (SELECT * FROM split ORDER BY id)"))
        .isEqualTo("['a','b','c']");
  }

  @Test
  void streamsDataThatIsLargerThanEveryBuffer() throws Exception {
    create("many");
    int rows = 200_000;
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int id = 0; id < rows; id++) {
      data.writeBytes(new byte[] {(byte) id, (byte) (id >> 8), (byte) (id >> 16), 0});
      data.write(12);
      data.writeBytes("\n\n;0123\n\n;ab".getBytes(StandardCharsets.UTF_8));
    }
    client.insert("INSERT INTO many FORMAT RowBinary", data.toByteArray());
    assertThat(client.text("SELECT count(), uniqExact(id), uniqExact(text) FROM many"))
        .isEqualTo("200000\t200000\t1");
    assertThat(client.bytes("SELECT id, text FROM many ORDER BY id FORMAT RowBinary"))
        .isEqualTo(data.toByteArray());
  }

  @Test
  void refusesRowsThatAreCutInTheMiddleAsAWhole() throws Exception {
    create("cut");
    byte[] data = rowBinary(hostile.subList(0, 10));
    byte[] cut = Arrays.copyOf(data, data.length - 1);
    assertThat(
            client
                .post("/?query=" + RawClient.encoded("INSERT INTO cut FORMAT RowBinary"), cut)
                .statusCode())
        .isNotEqualTo(200);
    assertThat(client.text("SELECT count() FROM cut")).isEqualTo("0");
  }

  @Test
  void makesOneDocumentOfAnAnswerOfManyPieces() throws Exception {
    String sql = "SELECT number FROM numbers(200000) FORMAT ";
    String json = client.text(sql + "JSONCompact");
    assertThat(json).containsOnlyOnce("\"meta\"").contains("\"rows\": 200000");
    String csv = client.text(sql + "CSVWithNames");
    assertThat(csv.lines()).hasSize(200_001);
    assertThat(csv).containsOnlyOnce("number");
  }
}
