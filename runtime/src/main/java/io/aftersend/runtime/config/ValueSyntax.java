package io.aftersend.runtime.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// How single values are written. Every method throws [IllegalArgumentException] for a text that is
/// not one; the caller knows how to say what was expected.
final class ValueSyntax {
  private static final Pattern SHARE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,6})?%");

  private ValueSyntax() {}

  static Path path(String text) {
    require(!text.isEmpty());
    return Path.of(text).toAbsolutePath().normalize();
  }

  static boolean flag(String text) {
    require(text.equals("true") || text.equals("false"));
    return text.equals("true");
  }

  /// A share above 0% up to 100%, as a ratio.
  static BigDecimal share(String text) {
    require(SHARE.matcher(text).matches());
    BigDecimal share = new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2);
    require(share.signum() > 0 && share.compareTo(BigDecimal.ONE) <= 0);
    return share;
  }

  static String oneOf(String text, List<String> words) {
    require(words.contains(text));
    return text;
  }

  static URI url(String text) {
    String withoutSlash = text.replaceAll("/+$", "");
    URI url = URI.create(withoutSlash);
    require("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    require(url.getHost() != null && url.getRawUserInfo() == null);
    require(url.getRawQuery() == null && url.getRawFragment() == null);
    return url;
  }

  static <T extends Comparable<T>> T within(T value, T min, T max) {
    require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
    return value;
  }

  /// A value as it may be shown: without the user and password that stand in a URL.
  static String shown(String text) {
    return text.replaceAll("//[^/@]*@", "//***@");
  }

  /// A value as it stands in a message: quoted, control characters replaced, cut when it is long.
  static String quoted(String text) {
    String shown = shown(text);
    String cut = shown.length() > 80 ? shown.substring(0, 80) + "…" : shown;
    return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
  }

  private static void require(boolean isRight) {
    if (!isRight) {
      throw new IllegalArgumentException();
    }
  }
}
