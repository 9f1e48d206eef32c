package io.aftersend.edge.hit;

import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.links.KeyRing;
import java.time.Duration;
import java.util.function.Supplier;

/// What the hit handlers of all event loops share.
///
/// @param durableTimeout longest wait until an unsubscription is durable
public record HitParts(
    Supplier<KeyRing> keyRings,
    Supplier<NetworkTable> networks,
    EdgeMetrics metrics,
    Duration durableTimeout) {}
