package io.aftersend.edge.append;

import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.journal.Durability;
import io.aftersend.edge.journal.LaneWriter;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The way of event objects into a lane: numbers them, makes their Kafka records and appends these.
/// Confined to the lane's thread.
public final class LaneAppender {
  private final LaneWriter lane;
  private final Topic<String, EmailEvent> topic;
  private final Duration roomTimeout;

  /// @param topic says how keys and values are written
  /// @param roomTimeout what the disk may take to make room for a batch; zero where the lane's
  ///   thread must not wait
  public LaneAppender(LaneWriter lane, Topic<String, EmailEvent> topic, Duration roomTimeout) {
    this.lane = lane;
    this.topic = topic;
    this.roomTimeout = roomTimeout;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Encoded(byte[] bytes, int keyLength, long timestampMs) {}

  /// Appends all of the events or none. Those without an id get one: `journal-lane-sequence`.
  ///
  /// @param events handed over for good, at least one
  /// @param durability told once whether they are on the disk; not used after false
  /// @return false when there is no room for all
  public boolean append(List<EmailEvent> events, Durability durability) {
    List<Encoded> records = new ArrayList<>(events.size());
    int[] lengths = new int[events.size()];
    for (int i = 0; i < events.size(); i++) {
      Encoded record = encode(events.get(i), lane.nextSequence() + i);
      records.add(record);
      lengths[i] = record.bytes.length;
    }
    if (!lane.reserve(lengths, roomTimeout)) {
      return false;
    }
    boolean isKept = true;
    for (Encoded record : records) {
      AppendOutcome outcome =
          lane.append(
              record.bytes,
              0,
              record.keyLength,
              record.bytes.length - record.keyLength,
              record.timestampMs);
      isKept &= outcome == AppendOutcome.KEPT;
    }
    if (isKept) {
      lane.awaitDurable(durability);
    }
    return isKept;
  }

  private Encoded encode(EmailEvent event, long sequence) {
    event.setJournal(lane.journal());
    event.setLane(lane.lane());
    event.setSequence(sequence);
    if (event.getEventId() == null) {
      event.setEventId(lane.journal() + '-' + lane.lane() + '-' + sequence);
    }
    byte[] key = EventKey.of(event).getBytes(StandardCharsets.UTF_8);
    byte[] value = topic.valueSerde().serializer().serialize(topic.name(), event);
    byte[] bytes = new byte[key.length + value.length];
    System.arraycopy(key, 0, bytes, 0, key.length);
    System.arraycopy(value, 0, bytes, key.length, value.length);
    return new Encoded(bytes, key.length, event.getIngestTime().toEpochMilli());
  }
}
