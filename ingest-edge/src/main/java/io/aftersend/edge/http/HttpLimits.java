package io.aftersend.edge.http;

import java.time.Duration;

/// What one client may take of the edge.
///
/// @param maxRequestLineBytes longest request line without its line end
/// @param maxHeaderBytes largest sum of header lines, line ends included
/// @param maxConnections most open connections; further ones are closed at once
/// @param headerTimeout from a request's first byte to the end of its headers
/// @param idleTimeout silence between requests, and of a reader that takes no answers
/// @param bodyTimeout for a whole body
public record HttpLimits(
    int maxRequestLineBytes,
    int maxHeaderBytes,
    int maxConnections,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration bodyTimeout) {}
