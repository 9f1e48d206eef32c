package io.aftersend.query.clickhouse;

import java.time.Duration;

/// What one query may take of the server, which ends it when it takes more.
///
/// @param timeout the longest that the server may spend on it
/// @param memoryBytes the most memory of the server; 0: what the server allows by itself
public record QueryLimits(Duration timeout, long memoryBytes) {}
