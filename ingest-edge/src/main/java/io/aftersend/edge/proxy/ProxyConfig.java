package io.aftersend.edge.proxy;

import io.aftersend.edge.network.AddressSet;

/// What stands in front of the edge, and how it says whom it asks for.
///
/// @param trusted addresses of proxies and load balancers; nobody else is believed
/// @param isProxyProtocolOn whether a trusted peer begins every connection with a PROXY header;
///   others must not
/// @param forwarded which header of a trusted peer's requests is believed
public record ProxyConfig(AddressSet trusted, boolean isProxyProtocolOn, ForwardedMode forwarded) {
  /// Nothing in front.
  public static final ProxyConfig NONE = new ProxyConfig(AddressSet.NONE, false, ForwardedMode.OFF);
}
