package io.aftersend.embedded.clickhouse.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement that the engine, or the front before it, refused: ClickHouse's code, name and text.
public final class EngineException extends Exception {
  private static final Pattern CODE = Pattern.compile("^(?:std::exception\\. )?Code: (\\d+)[.,] ");

  /// An exception that the engine has wrapped in itself: its head in front, its name behind.
  private static final Pattern WRAPPED =
      Pattern.compile(
          "^Code: \\d+\\. DB::Exception: (Code: \\d+\\. DB::Exception: .*)"
              + "\\. \\([A-Z_0-9]+\\)(?: \\(version [^)]*\\))?\\s*$",
          Pattern.DOTALL);

  private static final int UNKNOWN_EXCEPTION = 1002;

  private final int code;

  private EngineException(int code, String message) {
    super(message);
    this.code = code;
  }

  /// From the engine's own text, which begins with `Code: N.`, sometimes several times over.
  static EngineException of(String raw) {
    String text = raw;
    for (Matcher it = WRAPPED.matcher(text); it.matches(); it = WRAPPED.matcher(text)) {
      text = it.group(1);
    }
    Matcher matcher = CODE.matcher(text);
    int code = matcher.find() ? Integer.parseInt(matcher.group(1)) : UNKNOWN_EXCEPTION;
    return new EngineException(code, text);
  }

  /// Our own, in the engine's wording.
  ///
  /// @param name ClickHouse's name of the code, e.g. `BAD_ARGUMENTS`
  public static EngineException of(int code, String name, String text) {
    return new EngineException(
        code, "Code: " + code + ". DB::Exception: " + text + " (" + name + ")");
  }

  /// ClickHouse's number of the error.
  public int code() {
    return code;
  }

  /// The message as a ClickHouse server of that version would send it.
  public String text(String version) {
    String text = getMessage() == null ? "" : getMessage().stripTrailing();
    String suffix = " (version " + version + ")";
    return text.endsWith(suffix) ? text : text + suffix;
  }
}
