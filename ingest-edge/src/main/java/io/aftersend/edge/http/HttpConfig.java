package io.aftersend.edge.http;

import io.aftersend.edge.proxy.ProxyConfig;
import io.aftersend.edge.tls.TlsConfig;
import org.jspecify.annotations.Nullable;

/// Where the server listens and what it allows.
///
/// @param port 0 takes any free one
/// @param tls null: none
/// @param eventLoops threads that serve connections, from 1
/// @param maxConnectionsPerAddress most open connections of one client
/// @param proxies what stands in front
public record HttpConfig(
    String host,
    int port,
    @Nullable TlsConfig tls,
    int eventLoops,
    HttpLimits limits,
    int maxConnectionsPerAddress,
    ProxyConfig proxies) {

  /// A bare server: no TLS, nothing in front, no limit of its own for one address.
  public HttpConfig(String host, int port, int eventLoops, HttpLimits limits) {
    this(host, port, null, eventLoops, limits, Integer.MAX_VALUE, ProxyConfig.NONE);
  }
}
