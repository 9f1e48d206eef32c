package io.aftersend.edge.post;

import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.runtime.tenants.Tenants;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/// What the handling of posted events needs.
///
/// @param budget for all bodies under way together
public record PostParts(
    PostLimits limits,
    Supplier<Tenants> tenants,
    Supplier<NetworkTable> networks,
    PostWorkers workers,
    BodyBudget budget,
    EdgeMetrics metrics,
    InstantSource clock) {

  /// What one POST may bring.
  ///
  /// @param maxBodyBytes after inflation, and before
  /// @param durableTimeout longest wait until its events are durable
  public record PostLimits(int maxBodyBytes, int maxEvents, Duration durableTimeout) {}
}
