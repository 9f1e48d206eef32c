package io.aftersend.links;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The rule for target URLs at signing. Spaces and non-ASCII characters are percent-encoded, as
/// UTF-8 and once; nothing else of the sender's URL changes: percent escapes, brackets, `&amp;` and
/// fragments stay as they are. Refused are control characters, unpaired surrogates, schemes outside
/// the list, `http` and `https` without a host, and more than [#MAX_BYTES] once encoded. Immutable.
public final class TargetUrls {
  /// The most bytes that a target may have once it is encoded.
  public static final int MAX_BYTES = 8_000;

  private static final Set<String> STANDARD_SCHEMES = Set.of("http", "https", "mailto", "tel");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
  private static final String FIELD = ClaimField.TARGET_URL.wireName();
  private static final String HEX = "0123456789ABCDEF";

  private final Set<String> schemes;

  private TargetUrls(Set<String> schemes) {
    this.schemes = schemes;
  }

  /// The rule with the schemes `http`, `https`, `mailto` and `tel`.
  public static TargetUrls standard() {
    return new TargetUrls(STANDARD_SCHEMES);
  }

  /// The rule with the standard schemes and further ones, such as an app's own.
  ///
  /// @throws IllegalArgumentException if one is not a scheme (RFC 3986, section 3.1)
  public static TargetUrls withSchemes(Collection<String> furtherSchemes) {
    Set<String> schemes = new TreeSet<>(STANDARD_SCHEMES);
    for (String scheme : furtherSchemes) {
      if (!SCHEME.matcher(scheme).matches()) {
        throw new IllegalArgumentException(
            "scheme: expected a letter, then letters, digits, + . or -, got "
                + RefusedLinkException.quote(scheme));
      }
      schemes.add(scheme.toLowerCase(Locale.ROOT));
    }
    return new TargetUrls(Set.copyOf(schemes));
  }

  /// The URL as it is signed, and as it comes back in `Location`: visible ASCII only. Encoding an
  /// encoded URL again changes nothing.
  ///
  /// @throws RefusedLinkException if the URL is refused; the message says why
  public String encode(String url) {
    String encoded = escape(url);
    requireKnownScheme(url);
    if (encoded.length() > MAX_BYTES) {
      throw refused(
          "expected at most " + MAX_BYTES + " bytes once encoded, got " + encoded.length(), url);
    }
    return encoded;
  }

  /// The URL with `name=value` added to its query, before any fragment. Name and value are taken as
  /// they are.
  static String withQueryParameter(String url, String name, String value) {
    int fragment = url.indexOf('#');
    String head = fragment < 0 ? url : url.substring(0, fragment);
    String separator;
    if (head.indexOf('?') < 0) {
      separator = "?";
    } else {
      separator = head.endsWith("?") || head.endsWith("&") ? "" : "&";
    }
    return head + separator + name + '=' + value + url.substring(head.length());
  }

  static boolean isWeb(String url) {
    return url.regionMatches(true, 0, "http:", 0, 5) || url.regionMatches(true, 0, "https:", 0, 6);
  }

  private static String escape(String url) {
    StringBuilder escaped = new StringBuilder(url.length() + 16);
    int size;
    for (int at = 0; at < url.length(); at += size) {
      int character = url.codePointAt(at);
      size = Character.charCount(character);
      if (Character.isISOControl(character)) {
        throw refused(
            String.format("expected no control character, got U+%04X at %d", character, at), url);
      }
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        throw refused(
            String.format(
                "expected whole characters, got half of one (U+%04X) at %d", character, at),
            url);
      }
      if (character > ' ' && character < 0x7F) {
        escaped.append((char) character);
      } else {
        appendEscaped(escaped, url.substring(at, at + size));
      }
    }
    return escaped.toString();
  }

  private static void appendEscaped(StringBuilder escaped, String character) {
    for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
      escaped.append('%').append(HEX.charAt((octet >> 4) & 0xF)).append(HEX.charAt(octet & 0xF));
    }
  }

  private void requireKnownScheme(String url) {
    int colon = url.indexOf(':');
    String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!SCHEME.matcher(scheme).matches() || !schemes.contains(scheme)) {
      throw refused("expected an absolute URL with scheme " + schemeList(), url);
    }
    if (isWeb(url) && host(url.substring(colon + 1)).isEmpty()) {
      throw refused("expected a host after " + scheme + "://", url);
    }
  }

  private String schemeList() {
    return String.join(", ", new TreeSet<>(schemes));
  }

  /// The host of what follows `http:`, empty when there is none. A backslash ends it as in
  /// browsers.
  private static String host(String rest) {
    if (!rest.startsWith("//")) {
      return "";
    }
    int end = 2;
    while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String authority = rest.substring(2, end);
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    if (hostAndPort.startsWith("[")) {
      int close = hostAndPort.indexOf(']');
      return close < 0 ? "" : hostAndPort.substring(1, close);
    }
    int port = hostAndPort.indexOf(':');
    return port < 0 ? hostAndPort : hostAndPort.substring(0, port);
  }

  private static RefusedLinkException refused(String problem, String url) {
    return new RefusedLinkException(FIELD, problem + ": " + RefusedLinkException.quote(url));
  }
}
