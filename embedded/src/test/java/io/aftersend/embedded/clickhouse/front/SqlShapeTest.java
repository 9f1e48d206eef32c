package io.aftersend.embedded.clickhouse.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlShapeTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SqlShape shape(String sql) {
    return SqlShape.of(utf8(sql), utf8(sql).length, true);
  }

  /// `head | format | data`, or the shape's name.
  private static String parted(String sql) {
    return shape(sql) instanceof SqlShape.InsertOfRows(int headEnd, String format, int dataStart)
        ? sql.substring(0, headEnd).strip() + " | " + format + " | " + sql.substring(dataStart)
        : shape(sql).getClass().getSimpleName();
  }

  @Test
  void partsAnInsertFromItsData() {
    assertThat(parted("INSERT INTO t FORMAT CSV\n1,2\n")).isEqualTo("INSERT INTO t | CSV | 1,2\n");
    assertThat(parted("insert into t format RowBinary \t\r\n\n\nx"))
        .isEqualTo("insert into t | RowBinary | \n\nx");
    assertThat(parted("INSERT INTO t FORMAT JSONEachRow {\"a\":1}"))
        .isEqualTo("INSERT INTO t | JSONEachRow | {\"a\":1}");
    assertThat(parted("INSERT INTO t (a, b)VALUES(1, 'x')"))
        .isEqualTo("INSERT INTO t (a, b) | Values | (1, 'x')");
    assertThat(parted("INSERT INTO t SETTINGS a = 'FORMAT X', b=1 FORMAT TSV\nd"))
        .isEqualTo("INSERT INTO t SETTINGS a = 'FORMAT X', b=1 | TSV | d");
  }

  @Test
  void looksBehindWhatHidesWords() {
    assertThat(
            parted("/* VALUES */ INSERT -- FORMAT x\n INTO `FORMAT CSV` (`VALUES`) FORMAT TSV\nd"))
        .endsWith("| TSV | d");
    assertThat(parted("INSERT INTO format FORMAT TSV\nd")).endsWith("INTO format | TSV | d");
    assertThat(parted("INSERT INTO values.format (format) VALUES (1)"))
        .isEqualTo("INSERT INTO values.format (format) | Values |  (1)");
    assertThat(parted("INSERT INTO FUNCTION file('a;b', 'CSV', 'x Tuple(y Int8)') FORMAT CSV\n1"))
        .endsWith("| CSV | 1");
    assertThat(parted("INSERT INTO \"a\"\"VALUES\" (* EXCEPT(b)) FORMAT TSV\nd"))
        .endsWith("| TSV | d");
    assertThat(parted("INSERT INTO {t:Identifier} FORMAT TSV\nd")).endsWith("| TSV | d");
    assertThat(parted("INSERT INTO t SETTINGS x = $h$ VALUES $h$ FORMAT TSV\nd"))
        .endsWith("| TSV | d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t SELECT 1 FORMAT CSV",
        "INSERT INTO t (a) SELECT 'VALUES'",
        "INSERT INTO t (a) (SELECT 1)",
        "INSERT INTO t (a) WITH 1 AS x SELECT x",
        "WITH 1 AS x SELECT x FORMAT CSV",
        "SELECT 'INSERT INTO t VALUES'",
        "CREATE TABLE t (a Int8) ENGINE = Memory",
        "INSERT INTO t FROM s SELECT a"
      })
  void leavesOtherStatementsWhole(String sql) {
    assertThat(shape(sql)).isEqualTo(new SqlShape.Whole());
  }

  @Test
  void refusesDataBehindASemicolonAndFilesOfTheServer() {
    assertThat(shape("INSERT INTO t FORMAT CSV; 1")).isInstanceOf(SqlShape.Refused.class);
    assertThat(shape("INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV"))
        .isInstanceOf(SqlShape.Refused.class);
    assertThatThrownBy(() -> SqlShape.answerFormat(utf8("SELECT 1 INTO /**/ OUTFILE 'x'"), "TSV"))
        .isInstanceOf(EngineException.class);
    byte[] inline = utf8("INSERT INTO t SELECT a FROM input('a Int8') FORMAT CSV 1");
    assertThatThrownBy(() -> SqlShape.answerFormat(inline, "TSV"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("input");
  }

  @Test
  void knowsAnInsertThatNamesNoFormat() {
    assertThat(shape("INSERT INTO t (a, b)")).isEqualTo(new SqlShape.InsertOfUnnamedFormat());
  }

  @Test
  void asksForMoreBytesUntilItCanTell() {
    String sql = "INSERT /* x */ INTO `a``b` (c, 'd''e') SETTINGS f = 'g' FORMAT JSONEachRow\n{}";
    SqlShape whole = shape(sql);
    byte[] bytes = utf8(sql);
    for (int limit = 0; limit < bytes.length; limit++) {
      assertThat(SqlShape.of(bytes, limit, false))
          .as("first %s", limit)
          .isIn(new SqlShape.Unknown(), whole);
    }
    assertThat(whole).isInstanceOf(SqlShape.InsertOfRows.class);
  }

  @Test
  void findsTheFormatThatAStatementNames() throws Exception {
    for (String sql :
        List.of(
            "SELECT 1 FORMAT JSON",
            "SELECT 1 format JSON;",
            "SELECT 1 FORMAT JSON SETTINGS max_threads = 1",
            "SELECT (SELECT 'FORMAT CSV') FORMAT JSON -- FORMAT CSV")) {
      assertThat(SqlShape.answerFormat(utf8(sql), "TSV")).as(sql).isEqualTo("JSON");
    }
    for (String sql :
        List.of(
            "SELECT format FROM t",
            "SELECT 1 AS format",
            "SELECT format('{}', x) FROM t",
            "SELECT * FROM format(CSV, '1')")) {
      assertThat(SqlShape.answerFormat(utf8(sql), "TSV")).as(sql).isEqualTo("TSV");
    }
  }
}
