package io.aftersend.edge.hit;

import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.journal.Durability;
import io.aftersend.edge.journal.LaneWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// A lane in memory that keeps its last record and allocates nothing.
public final class KeptRecords implements LaneWriter {
  private final byte[] record = new byte[16 * 1024];
  private final String journal;
  private final int lane;
  private long next = 1;
  private int keyLength;
  private int valueLength;
  private long timestampMs;
  AppendOutcome outcome = AppendOutcome.KEPT;

  /// Who waits for the disk; null while the disk is quicker than anybody.
  @Nullable BlockingQueue<Durability> waiting;

  public KeptRecords(String journal, int lane) {
    this.journal = journal;
    this.lane = lane;
  }

  @Override
  public String journal() {
    return journal;
  }

  @Override
  public int lane() {
    return lane;
  }

  @Override
  public long nextSequence() {
    return next;
  }

  void skipTo(long sequence) {
    next = sequence;
  }

  @Override
  public AppendOutcome append(byte[] from, int offset, int key, int value, long timestamp) {
    next++;
    System.arraycopy(from, offset, record, 0, key + value);
    keyLength = key;
    valueLength = value;
    timestampMs = timestamp;
    return outcome;
  }

  @Override
  public boolean isDurableBeforeAnswer() {
    return waiting != null;
  }

  @Override
  public void awaitDurable(Durability durability) {
    BlockingQueue<Durability> those = waiting;
    if (those == null) {
      durability.settle(true);
    } else {
      those.add(durability);
    }
  }

  @Override
  public boolean reserve(int[] bodyLengths, Duration timeout) {
    return true;
  }

  String key() {
    return new String(record, 0, keyLength, StandardCharsets.UTF_8);
  }

  byte[] value() {
    return Arrays.copyOfRange(record, keyLength, keyLength + valueLength);
  }

  long timestampMs() {
    return timestampMs;
  }
}
