package io.aftersend.embedded.clickhouse.front;

import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The SQL of a request, parted from an insert's data wherever the two meet: the data is a stream
/// of its own and never becomes part of the SQL.
final class SqlSource {
  /// As much as a head may have; the engine refuses longer SQL by `max_query_size` anyway.
  private static final int MAX_HEAD_BYTES = 1 << 20;

  /// A literal-laden `SELECT … IN (…)` may be long; more is no query.
  private static final int MAX_SQL_BYTES = 64 << 20;

  private static final int FIRST_READ_BYTES = 16 << 10;
  private static final int QUERY_IS_TOO_LARGE = 229;

  private final byte[] sql;
  private final String format;
  private final InputStream data;

  private SqlSource(byte[] sql, String format, InputStream data) {
    this.sql = sql;
    this.format = format;
    this.data = data;
  }

  /// The statement, without data and without the clause that names the data's format; not a copy.
  byte[] sql() {
    return sql;
  }

  /// The format of the insert's data, empty when the statement is whole.
  String format() {
    return format;
  }

  /// The insert's data, empty when the statement is whole.
  InputStream data() {
    return data;
  }

  /// Whether the statement is an insert whose data follows.
  boolean hasData() {
    return !format.isEmpty();
  }

  /// Reads as much of the body as it takes to tell SQL from data.
  ///
  /// @param query the SQL from the URL, empty if there is none there
  /// @param named the format that a header or parameter names, empty if none
  static SqlSource of(String query, InputStream body, String named)
      throws EngineException, IOException {
    byte[] fromUrl = query.getBytes(StandardCharsets.UTF_8);
    if (fromUrl.length > 0) {
      // Data in the body begins with the body's first byte if the URL's statement ends with its
      // format.
      switch (SqlShape.of(fromUrl, fromUrl.length, true)) {
        case SqlShape.InsertOfRows insert -> {
          return insert(fromUrl, fromUrl.length, insert, body);
        }
        case SqlShape.InsertOfUnnamedFormat _ when !named.isEmpty() -> {
          return new SqlSource(fromUrl, named, body);
        }
        case SqlShape.Refused refused -> throw refusal(refused);
        case SqlShape.InsertOfUnnamedFormat _, SqlShape.Whole _, SqlShape.Unknown _ -> {}
      }
    }
    InputStream all =
        fromUrl.length == 0
            ? body
            : new SequenceInputStream(
                new ByteArrayInputStream(fromUrl),
                new SequenceInputStream(new ByteArrayInputStream(new byte[] {'\n'}), body));
    return of(all, named);
  }

  private static SqlSource of(InputStream all, String named) throws EngineException, IOException {
    byte[] head = new byte[0];
    int size = FIRST_READ_BYTES;
    while (true) {
      byte[] more = all.readNBytes(size - head.length);
      boolean isAll = more.length < size - head.length;
      byte[] grown = Arrays.copyOf(head, head.length + more.length);
      System.arraycopy(more, 0, grown, head.length, more.length);
      head = grown;
      switch (SqlShape.of(head, head.length, isAll)) {
        case SqlShape.InsertOfRows insert -> {
          return insert(head, head.length, insert, all);
        }
        case SqlShape.InsertOfUnnamedFormat _ -> {
          return whole(head, named);
        }
        case SqlShape.Whole _ -> {
          return whole(rest(head, all), "");
        }
        case SqlShape.Refused refused -> throw refusal(refused);
        case SqlShape.Unknown _ -> {
          if (isAll) {
            return whole(head, "");
          }
          if (size >= MAX_HEAD_BYTES) {
            return whole(rest(head, all), "");
          }
          size = size * 4;
        }
      }
    }
  }

  private static SqlSource insert(
      byte[] bytes, int limit, SqlShape.InsertOfRows insert, InputStream rest) {
    InputStream inline =
        new ByteArrayInputStream(bytes, insert.dataStart(), limit - insert.dataStart());
    byte[] sql = Arrays.copyOf(bytes, insert.headEnd());
    return new SqlSource(sql, insert.format(), new SequenceInputStream(inline, rest));
  }

  private static SqlSource whole(byte[] sql, String format) {
    return new SqlSource(sql, format, InputStream.nullInputStream());
  }

  private static byte[] rest(byte[] head, InputStream all) throws EngineException, IOException {
    byte[] rest = all.readNBytes(MAX_SQL_BYTES - head.length);
    if (head.length + rest.length >= MAX_SQL_BYTES) {
      throw EngineException.of(
          QUERY_IS_TOO_LARGE,
          "QUERY_IS_TOO_LARGE",
          "expected a statement of less than " + MAX_SQL_BYTES + " bytes");
    }
    byte[] sql = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, sql, head.length, rest.length);
    return sql;
  }

  private static EngineException refusal(SqlShape.Refused refused) {
    return EngineException.of(refused.code(), refused.name(), refused.reason());
  }
}
