package io.aftersend.embedded.clickhouse.front;

import io.aftersend.embedded.clickhouse.engine.EngineAnswer;
import io.aftersend.embedded.clickhouse.engine.EngineConnection;
import io.aftersend.embedded.clickhouse.engine.EngineCounts;
import io.aftersend.embedded.clickhouse.engine.EngineException;
import io.aftersend.embedded.clickhouse.engine.EngineInsert;
import io.aftersend.embedded.clickhouse.engine.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs one request's statement on a connection: its database and settings first, then the
/// statement.
///
/// Confined to one thread.
final class StatementRunner {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final String DEFAULT_FORMAT = "TabSeparated";

  private final EngineConnection connection;
  private final Request request;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  StatementRunner(EngineConnection connection, Request request) {
    this.connection = connection;
    this.request = request;
  }

  /// Makes the request's database current and applies its settings.
  void prepare() throws EngineException {
    if (request.database().isPresent()) {
      connection.command("USE " + identifier(request.database().get()));
    }
    StringBuilder set = new StringBuilder();
    for (Map.Entry<String, String> setting : request.settings().entrySet()) {
      set.append(set.isEmpty() ? "SET " : ", ");
      set.append(settingName(setting.getKey())).append(" = ").append(literal(setting.getValue()));
    }
    if (!set.isEmpty()) {
      connection.command(set.toString());
    }
    if (request.isReadOnly() && !request.settings().containsKey("readonly")) {
      connection.command("SET readonly = 2");
    }
  }

  /// Puts a session's settings back to their defaults.
  void restore() throws EngineException {
    if (request.isReadOnly()) {
      connection.command("SET readonly = DEFAULT");
    }
    for (String name : request.settings().keySet()) {
      connection.command("SET " + settingName(name) + " = DEFAULT");
    }
  }

  /// Runs the insert and answers nothing.
  EngineCounts insert(SqlSource source) throws EngineException, IOException {
    Statement statement = new Statement(source.sql(), source.format(), request.placeholders());
    try (EngineInsert insert = connection.insert(statement);
        InputStream data = source.data()) {
      for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
        if (!insert.append(buffer, 0, n)) {
          break;
        }
      }
      return insert.finish();
    }
  }

  /// Runs a statement that is its whole text and writes its rows to the answer.
  EngineCounts query(SqlSource source, Answer answer) throws EngineException, IOException {
    String otherwise = request.namedFormat().orElse(DEFAULT_FORMAT);
    String format = SqlShape.answerFormat(source.sql(), otherwise);
    answer.describe(format);
    Statement statement = new Statement(source.sql(), otherwise, request.placeholders());
    HeaderOnce once = HeaderOnce.of(format, answer.plain());
    boolean isStream = once != null || Formats.isStream(format);
    try (EngineAnswer rows =
        isStream ? connection.query(statement) : connection.queryWhole(statement)) {
      copy(rows, once, nativeBlocks(format, answer), answer.plain());
      return rows.counts();
    }
  }

  private @Nullable NativeBlocks nativeBlocks(String format, Answer answer) throws EngineException {
    int protocolVersion = request.protocolVersion();
    return format.equals("Native") && protocolVersion > 0
        ? new NativeBlocks(answer.plain(), protocolVersion)
        : null;
  }

  private void copy(
      EngineAnswer rows,
      @Nullable HeaderOnce once,
      @Nullable NativeBlocks blocks,
      OutputStream plain)
      throws EngineException, IOException {
    while (rows.next()) {
      if (once != null) {
        rows.copyTo(once, buffer);
        once.pieceEnds();
      } else if (blocks != null) {
        rows.copyTo(blocks, buffer);
        blocks.pieceEnds();
      } else {
        rows.copyTo(plain, buffer);
      }
    }
    if (blocks != null) {
      blocks.answerEnds();
    }
  }

  private static String identifier(String name) {
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }

  private static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /// A setting's name goes into SQL as it is, so it must be a word.
  private static String settingName(String name) throws EngineException {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw EngineException.of(115, "UNKNOWN_SETTING", "Unknown setting '" + name + "'");
    }
    return name;
  }
}
