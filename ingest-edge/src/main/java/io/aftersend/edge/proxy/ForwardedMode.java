package io.aftersend.edge.proxy;

/// Which request header tells whom a trusted proxy asks for.
public enum ForwardedMode {
  OFF,
  X_FORWARDED_FOR,
  /// RFC 7239.
  FORWARDED
}
