package io.aftersend.edge;

import io.aftersend.edge.network.AddressSet;
import io.aftersend.edge.proxy.ForwardedMode;
import io.aftersend.edge.proxy.ProxyConfig;
import io.aftersend.edge.tls.TlsConfig;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reader of what stands between recipients and the edge: proxies, TLS.
final class FrontConfig {
  private static final String ON = "on";
  private static final String X_FORWARDED_FOR = "x-forwarded-for";
  private static final String FORWARDED = "forwarded";

  private FrontConfig() {}

  static ProxyConfig proxies(ConfigReader reader) {
    AddressSet trusted = trusted(reader);
    boolean isProxyProtocolOn =
        reader.choice(ConfigKey.EDGE_PROXY_PROTOCOL, List.of("off", ON)).equals(ON);
    ForwardedMode forwarded =
        switch (reader.choice(
            ConfigKey.EDGE_FORWARDED, List.of("off", X_FORWARDED_FOR, FORWARDED))) {
          case X_FORWARDED_FOR -> ForwardedMode.X_FORWARDED_FOR;
          case FORWARDED -> ForwardedMode.FORWARDED;
          default -> ForwardedMode.OFF;
        };
    if (reader.list(ConfigKey.EDGE_TRUSTED_PROXIES).isEmpty()
        && (isProxyProtocolOn || forwarded != ForwardedMode.OFF)) {
      ConfigKey asked =
          isProxyProtocolOn ? ConfigKey.EDGE_PROXY_PROTOCOL : ConfigKey.EDGE_FORWARDED;
      reader.problem(
          ConfigKey.EDGE_TRUSTED_PROXIES,
          "expected the proxies to believe, since " + asked.key() + " is set, got nothing");
    }
    return new ProxyConfig(trusted, isProxyProtocolOn, forwarded);
  }

  private static AddressSet trusted(ConfigReader reader) {
    List<String> prefixes = new ArrayList<>();
    for (String prefix : reader.list(ConfigKey.EDGE_TRUSTED_PROXIES)) {
      if (AddressSet.isPrefix(prefix)) {
        prefixes.add(prefix);
      } else {
        reader.problem(
            ConfigKey.EDGE_TRUSTED_PROXIES,
            "expected prefixes such as 10.0.0.0/8 or 2001:db8::/32, got \"" + prefix + "\"");
      }
    }
    return AddressSet.of(prefixes);
  }

  /// Null: no TLS.
  static @Nullable TlsConfig tls(ConfigReader reader) {
    Integer port = reader.portOrNull(ConfigKey.EDGE_TLS_PORT);
    Path directory = reader.pathOrNull(ConfigKey.EDGE_TLS_DIR);
    if (port != null && directory == null) {
      reader.problem(
          ConfigKey.EDGE_TLS_DIR,
          "expected a directory of certificates, since "
              + ConfigKey.EDGE_TLS_PORT.key()
              + " is set, got nothing");
    }
    if (port == null && directory != null) {
      reader.problem(
          ConfigKey.EDGE_TLS_PORT,
          "expected a port, since " + ConfigKey.EDGE_TLS_DIR.key() + " is set, got nothing");
    }
    return port == null || directory == null ? null : new TlsConfig(port, directory);
  }
}
