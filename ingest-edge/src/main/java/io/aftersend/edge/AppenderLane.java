package io.aftersend.edge;

import io.aftersend.edge.append.EventAppender;
import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.journal.LaneWriter;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.topic.AvroSerde;
import java.util.Arrays;

/// A lane whose records go to an [EventAppender]. Confined to one thread.
final class AppenderLane implements LaneWriter {
  private final String journal;
  private final int lane;
  private final EventAppender appender;
  private final AvroSerde<EmailEvent> serde = AvroSerde.of(EmailEvent.class);
  private long next = 1;

  AppenderLane(String journal, int lane, EventAppender appender) {
    this.journal = journal;
    this.lane = lane;
    this.appender = appender;
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

  @Override
  public AppendOutcome append(
      byte[] record, int offset, int keyLength, int valueLength, long timestampMs) {
    next++;
    int value = offset + keyLength;
    byte[] bytes = Arrays.copyOfRange(record, value, value + valueLength);
    return appender.append(serde.decode(bytes)) ? AppendOutcome.KEPT : AppendOutcome.BUDGET_SPENT;
  }
}
