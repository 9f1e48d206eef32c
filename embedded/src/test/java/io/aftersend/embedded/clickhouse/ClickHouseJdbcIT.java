package io.aftersend.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as `clickhouse-jdbc` with all its defaults sees it.
class ClickHouseJdbcIT {
  private static final List<String> HOSTILE =
      List.of(
          "",
          "a\n\n\nb",
          "semi;colon; drop table x",
          "'quote' \"double\" `back` \\ \\' \\n",
          "\u0000\u0001\u001f\u007f\u0080\u00ff",
          "سلام 👋 ñ",
          "-- comment\n/* no */ {p:String} ? FORMAT CSV",
          "\r\n\t\b\f\\N");

  @TempDir static Path directory;
  static ClickHouseServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServers.start(directory);
    execute("CREATE TABLE texts (id UInt32, text String) ENGINE = MergeTree ORDER BY id");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:clickhouse:" + server.url().substring(5));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void readsBackEveryHostileStringOfABatch() throws Exception {
    try (Connection connection = connect()) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO texts (id, text) VALUES (?, ?)")) {
        for (int i = 0; i < 1_000; i++) {
          insert.setInt(1, i);
          insert.setString(2, HOSTILE.get(i % HOSTILE.size()));
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(1_000);
      }
      List<String> found = new ArrayList<>();
      try (PreparedStatement select =
              connection.prepareStatement("SELECT text FROM texts WHERE id < ? ORDER BY id");
          ResultSet rows = selectBelow(select, HOSTILE.size())) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      assertThat(found).isEqualTo(HOSTILE);
    }
  }

  private static ResultSet selectBelow(PreparedStatement select, int limit) throws SQLException {
    select.setInt(1, limit);
    return select.executeQuery();
  }

  @Test
  void findsAHostileStringByAParameter() throws Exception {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement("SELECT ? AS it")) {
      for (String text : HOSTILE) {
        select.setString(1, text);
        try (ResultSet rows = select.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString("it")).isEqualTo(text);
        }
      }
    }
  }

  @Test
  void readsArraysAndNulls() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT [1, 2]::Array(UInt16) AS a, NULL::Nullable(String) AS n,"
                    + " map('k', 1) AS m, toDateTime64('2026-01-02 03:04:05.678', 3) AS t")) {
      assertThat(rows.next()).isTrue();
      assertThat((Object[]) rows.getArray("a").getArray()).hasSize(2);
      assertThat(rows.getString("n")).isNull();
      assertThat(rows.getTimestamp("t").toLocalDateTime()).hasToString("2026-01-02T03:04:05.678");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void readsAnAnswerOfManyPieces() throws Exception {
    long sum = 0;
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT number, toString(number) FROM numbers(300000)")) {
      while (rows.next()) {
        assertThat(rows.getString(2)).isEqualTo(Long.toString(rows.getLong(1)));
        sum += rows.getLong(1);
      }
    }
    assertThat(sum).isEqualTo(299_999L * 300_000 / 2);
  }

  @Test
  void tellsTheCodeOfAnError() {
    assertThatThrownBy(() -> execute("SELECT * FROM missing"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("UNKNOWN_TABLE");
    assertThatThrownBy(() -> execute("SELEC 1")).hasMessageContaining("SYNTAX_ERROR");
  }
}
