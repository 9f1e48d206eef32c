package io.aftersend.query.webhook.receiver;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/// The check of a receiver's URL: at the creation of a webhook, and again before each connection,
/// since names can come to mean other addresses. Safe for any thread.
public final class Targets {
  private static final int MAX_URL_CHARACTERS = 2_048;

  private final AddressRules rules;
  private final Resolver resolver;

  /// Who tells the addresses of a host.
  @FunctionalInterface
  public interface Resolver {
    /// All addresses of a name, at least one.
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  /// A URL that may not be used, with the reason as the user reads it.
  public static final class RefusedException extends Exception {
    RefusedException(String message) {
      super(message);
    }
  }

  public Targets(AddressRules rules, Resolver resolver) {
    this.rules = rules;
    this.resolver = resolver;
  }

  /// The targets of this machine's own resolver.
  public static Targets of(AddressRules rules) {
    return new Targets(rules, host -> List.of(InetAddress.getAllByName(host)));
  }

  /// Reads a URL; its host is not looked up.
  ///
  /// @throws RefusedException where it is no URL of a receiver
  public static URI parse(String text) throws RefusedException {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("expected an https URL");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean isWeb = scheme.equals("https") || scheme.equals("http");
    if (!isWeb || url.getHost() == null || text.length() > MAX_URL_CHARACTERS) {
      throw new RefusedException(
          "expected an https URL of at most " + MAX_URL_CHARACTERS + " characters");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new RefusedException("expected a URL without user and fragment");
    }
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new RefusedException("expected a URL of ASCII characters");
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      throw new RefusedException("expected a port from 1 to 65535");
    }
    return url;
  }

  /// The addresses that a connection for the URL may be made to: those that its host has now, all
  /// of which were checked.
  ///
  /// @throws RefusedException where any of them may not be used, or the URL is http and one of them
  ///   is not an exception of the operator
  /// @throws UnknownHostException where the host has none
  public List<InetAddress> addresses(URI url) throws RefusedException, UnknownHostException {
    List<InetAddress> addresses = resolver.resolve(host(url));
    boolean isPlain = !isSecure(url);
    for (InetAddress address : addresses) {
      if (!rules.isAllowed(address)) {
        throw new RefusedException(
            "expected a host of the public internet, got one whose address is not public");
      }
      if (isPlain && !rules.isException(address)) {
        throw new RefusedException("expected an https URL, got http");
      }
    }
    return addresses;
  }

  static boolean isSecure(URI url) {
    return url.getScheme().equalsIgnoreCase("https");
  }

  /// The host without the brackets of an IPv6 address.
  static String host(URI url) {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : isSecure(url) ? 443 : 80;
  }
}
