package io.aftersend.edge.field;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What ids and texts must look like. Checks allocate nothing.
public final class TextRules {
  /// Most characters of an id.
  public static final int MAX_ID = 64;

  /// Most characters of an `event_id` and an `order`.
  public static final int MAX_LONG_ID = 128;

  /// Most characters of free text.
  public static final int MAX_FREE_TEXT = 200;

  private TextRules() {}

  /// Whether the text is 1 to `max` of `A-Z a-z 0-9 . _ ~ -`.
  public static boolean isId(String text, int max) {
    if (text.isEmpty() || text.length() > max) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && c != '.' && c != '_' && c != '~' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /// Whether the text is valid Unicode of at most `max` characters without control characters.
  public static boolean isPlain(String text, int max) {
    return isPlain(text, max, "");
  }

  /// Whether the text is valid Unicode of at most `max` characters without control characters but
  /// `allowedControls`.
  public static boolean isPlain(String text, int max, String allowedControls) {
    int characters = 0;
    int size;
    for (int at = 0; at < text.length(); at += size) {
      int character = text.codePointAt(at);
      size = Character.charCount(character);
      boolean isHalf = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
      boolean isControl =
          Character.isISOControl(character) && allowedControls.indexOf(character) < 0;
      if (isHalf || isControl || ++characters > max) {
        return false;
      }
    }
    return true;
  }

  /// Whether the text has the shape of an ISO 4217 code: three capital letters.
  public static boolean isCurrency(String text) {
    return text.length() == 3
        && isCapital(text.charAt(0))
        && isCapital(text.charAt(1))
        && isCapital(text.charAt(2));
  }

  /// The host of a URL or of `host:port`, in lower case; null when there is none.
  public static @Nullable String host(String urlOrHost) {
    byte[] bytes = new byte[urlOrHost.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = urlOrHost.charAt(i);
      bytes[i] = c < 0x80 ? (byte) c : -1;
    }
    HostSlice host = new HostSlice();
    return host.find(bytes, 0, bytes.length)
        ? urlOrHost.substring(host.offset(), host.offset() + host.length()).toLowerCase(Locale.ROOT)
        : null;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || isCapital(c);
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
