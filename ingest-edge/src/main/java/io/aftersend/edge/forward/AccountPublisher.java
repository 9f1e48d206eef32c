package io.aftersend.edge.forward;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The publisher of the edge's half of the accounting. Publishes what has changed, every few
/// seconds. Confined to the forwarding thread.
final class AccountPublisher {
  private static final String STAGE = "edge";

  private final Topic<String, LaneAccounting> topic;
  private final String edge;
  private final long intervalMs;
  private final InstantSource clock;

  /// What was said last of each lane, with lags left out.
  private final Map<String, LaneAccount> said = new HashMap<>();

  private long dueMs;

  AccountPublisher(
      Topic<String, LaneAccounting> topic, String edge, Duration interval, InstantSource clock) {
    this.topic = topic;
    this.edge = edge;
    this.intervalMs = interval.toMillis();
    this.clock = clock;
  }

  boolean isDue() {
    return clock.millis() >= dueMs;
  }

  void publish(List<LaneAccount> accounts, KafkaSender sender) {
    long nowMs = clock.millis();
    dueMs = nowMs + intervalMs;
    for (LaneAccount account : accounts) {
      String key = STAGE + '|' + account.journal() + '|' + account.lane();
      if (account.highest() > 0 && !account.equals(said.put(key, account))) {
        sender.sendInPassing(topic.encode(key, record(account, nowMs), nowMs));
      }
    }
  }

  private LaneAccounting record(LaneAccount account, long nowMs) {
    return LaneAccounting.newBuilder()
        .setStage(STAGE)
        .setEdge(edge)
        .setJournal(account.journal())
        .setLane(account.lane())
        .setTime(Instant.ofEpochMilli(nowMs))
        .setHighest(account.highest())
        .setAcknowledged(account.acknowledged())
        .setWaiting(account.waiting())
        .setDropped(account.dropped().byReason())
        .setResent(account.resent())
        .setLagBytes(account.lagBytes())
        .setLagMs(account.lagMs())
        .setVersion(nowMs)
        .build();
  }
}
