package io.aftersend.edge.metrics;

import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.metrics.EdgeMetrics.HitOutcome;
import io.aftersend.links.Endpoint;
import io.aftersend.links.TokenStatus;
import java.util.concurrent.atomic.AtomicLongArray;

/// What one event loop counts of its hits. Written by that loop alone, which costs it no atomic
/// operation and no look-up; read by any thread.
@SuppressWarnings("EnumOrdinal") // On the hot path an array stands for a map.
public final class HitCounts {
  private static final int OUTCOMES = HitOutcome.values().length;
  private static final int STATUSES = TokenStatus.values().length;
  private static final int ENDPOINTS = Endpoint.values().length;

  private final AtomicLongArray hits = new AtomicLongArray(ENDPOINTS * OUTCOMES);
  private final AtomicLongArray tokens = new AtomicLongArray(ENDPOINTS * STATUSES);
  private final AtomicLongArray losses = new AtomicLongArray(AppendOutcome.values().length);

  HitCounts() {}

  /// Counts a hit.
  public void hit(Endpoint endpoint, HitOutcome outcome) {
    increment(hits, endpoint.ordinal() * OUTCOMES + outcome.ordinal());
  }

  /// Counts a token that was refused.
  public void tokenRejected(Endpoint endpoint, TokenStatus reason) {
    increment(tokens, endpoint.ordinal() * STATUSES + reason.ordinal());
  }

  /// Counts an event that the journal did not keep.
  public void lost(AppendOutcome reason) {
    increment(losses, reason.ordinal());
  }

  long hits(Endpoint endpoint, HitOutcome outcome) {
    return hits.getOpaque(endpoint.ordinal() * OUTCOMES + outcome.ordinal());
  }

  long tokensRejected(Endpoint endpoint, TokenStatus reason) {
    return tokens.getOpaque(endpoint.ordinal() * STATUSES + reason.ordinal());
  }

  long losses(AppendOutcome reason) {
    return losses.getOpaque(reason.ordinal());
  }

  private static void increment(AtomicLongArray counts, int at) {
    counts.setOpaque(at, counts.getPlain(at) + 1);
  }
}
