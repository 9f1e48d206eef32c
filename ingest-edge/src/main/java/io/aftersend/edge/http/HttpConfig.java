package io.aftersend.edge.http;

/// Where the server listens and what it allows.
///
/// @param port 0 takes any free one
/// @param eventLoops threads that serve connections, from 1
public record HttpConfig(String host, int port, int eventLoops, HttpLimits limits) {}
