package io.aftersend.edge.http;

/// A request's method, as far as the edge tells them apart.
public enum Method {
  GET,
  HEAD,
  POST,
  /// Any other well-formed one.
  OTHER
}
