package io.aftersend.edge.forward;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.accounting.Stage;
import io.aftersend.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The publisher of the edge's half of the accounting. Publishes what has changed, every few
/// seconds, and more rarely while Kafka does not take it. Confined to the forwarding thread.
final class AccountPublisher {
  private static final int MAX_DOUBLINGS = 5;

  private final Topic<String, LaneAccounting> topic;
  private final String edge;
  private final long intervalMs;
  private final InstantSource clock;

  /// What was said last of each lane.
  private final Map<String, LaneAccount> said = new HashMap<>();

  /// What is still to be handed to the client.
  private final Map<String, LaneAccount> due = new LinkedHashMap<>();

  /// What the client has and Kafka did not acknowledge yet.
  private final ConcurrentMap<String, LaneAccount> unconfirmed = new ConcurrentHashMap<>();

  private int refusals;
  private long dueMs;
  private long lastVersion;

  AccountPublisher(
      Topic<String, LaneAccounting> topic, String edge, Duration interval, InstantSource clock) {
    this.topic = topic;
    this.edge = edge;
    this.intervalMs = interval.toMillis();
    this.clock = clock;
  }

  /// @param isUrgent whether it need not wait for the interval
  boolean isDue(boolean isUrgent) {
    return (isUrgent && refusals == 0) || clock.millis() >= dueMs;
  }

  void publish(List<LaneAccount> accounts, KafkaSender sender) {
    for (LaneAccount account : accounts) {
      if (account.highest() > 0 && !account.equals(said.put(key(account), account))) {
        due.put(key(account), account);
      }
    }
    Iterator<LaneAccount> next = due.values().iterator();
    boolean isTaken = true;
    while (isTaken && next.hasNext()) {
      isTaken = send(next.next(), sender);
      if (isTaken) {
        next.remove();
      }
    }
    refusals = isTaken ? 0 : refusals + 1;
    dueMs = clock.millis() + (intervalMs << Math.min(refusals, MAX_DOUBLINGS));
  }

  /// Whether the client has all that was to be said.
  boolean hasToldAll() {
    return due.isEmpty();
  }

  /// Nothing more will be said of these lanes.
  void forget(List<LaneAccount> accounts) {
    accounts.forEach(account -> said.remove(key(account)));
  }

  /// The client that had what Kafka did not acknowledge is gone.
  void beginAgain() {
    unconfirmed.forEach(due::putIfAbsent);
    unconfirmed.clear();
    refusals = 0;
  }

  private boolean send(LaneAccount account, KafkaSender sender) {
    String key = key(account);
    long nowMs = clock.millis();
    unconfirmed.put(key, account);
    boolean isTaken =
        sender.send(
            topic.encode(key, record(account, nowMs), nowMs), new Confirmation(key, account));
    if (!isTaken) {
      unconfirmed.remove(key, account);
    }
    return isTaken;
  }

  private final class Confirmation implements Delivery.Outcome {
    private final String key;
    private final LaneAccount account;

    Confirmation(String key, LaneAccount account) {
      this.key = key;
      this.account = account;
    }

    @Override
    public void acknowledged() {
      unconfirmed.remove(key, account);
    }

    @Override
    public void failed(Exception error) {
      // The next account of the lane says more; events do not wait for it.
    }
  }

  private static String key(LaneAccount account) {
    return Stage.EDGE.topicKey(account.journal(), account.lane());
  }

  private LaneAccounting record(LaneAccount account, long nowMs) {
    lastVersion = Math.max(nowMs, lastVersion + 1);
    return LaneAccounting.newBuilder()
        .setStage(Stage.EDGE.wireName())
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
        .setVersion(lastVersion)
        .build();
  }
}
